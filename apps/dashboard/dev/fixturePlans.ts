import type { PlanSummary } from "@smoothsweep/contracts";

/** One cell of a fixture sweep. */
export interface FixtureCell {
  id: string;
  values: Record<string, string | number>;
  plan: PlanSummary;
  representativeId: string;
}

const classCount = 10;

function planOf(epsilon: number, convention: string, strategy: string): PlanSummary {
  const canonicalEpsilon = convention === "uniform" ? epsilon : (epsilon * classCount) / (classCount - 1);
  const label = (100 * (1 - canonicalEpsilon + canonicalEpsilon / classCount)).toFixed(1);
  const other = ((100 * canonicalEpsilon) / classCount).toFixed(2);
  const spread =
    strategy === "none" ? "evenly over all classes" : "over the classes by their share of the training rows";
  const explanation =
    epsilon === 0
      ? "The label keeps all its mass: no smoothing."
      : `${(canonicalEpsilon * 100).toFixed(1)}\u00a0% of the mass is spread ${spread}: about ${label}\u00a0% stays on the label, ${other}\u00a0% goes to each other class.`;
  return { convention, epsilon, canonicalEpsilon, strategy, rowSum: 1, explanation };
}

/** Cells of epsilon x convention x strategy, in the order of the axes; those without smoothing are equivalents. */
export function fixtureCells(prefix: string, epsilons: readonly number[]): FixtureCell[] {
  const cells: FixtureCell[] = [];
  for (const epsilon of epsilons) {
    for (const convention of ["uniform", "off-target"]) {
      for (const strategy of ["none", "class-prior"]) {
        const id = `cel_${prefix}_${cells.length}`;
        const unsmoothed = cells.find((cell) => cell.plan.epsilon === 0);
        cells.push({
          id,
          values: { "smoothing.epsilon": epsilon, "smoothing.convention": convention, "strategy.kind": strategy },
          plan: planOf(epsilon, convention, strategy),
          representativeId: epsilon === 0 && unsmoothed !== undefined ? unsmoothed.id : id,
        });
      }
    }
  }
  return cells;
}
