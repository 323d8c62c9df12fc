import { classPrior } from "../mixing/classPrior.ts";
import { givenMixing } from "../mixing/givenMixing.ts";
import { hierarchicalRows } from "../mixing/hierarchicalRows.ts";
import { inversePrior } from "../mixing/inversePrior.ts";
import { levelMixtureRows } from "../mixing/levelMixtureRows.ts";
import type { Mixing, StaticMixing } from "../mixing/mixing.ts";
import { teacherDistribution } from "../mixing/teacherDistribution.ts";
import { temperedPrior } from "../mixing/temperedPrior.ts";
import type { PlanContext } from "../plans/planContext.ts";
import { checkRange } from "../validation/checkRange.ts";
import { requireClassCounts } from "./requireClassCounts.ts";
import { requireTaxonomy } from "./requireTaxonomy.ts";
import type { StrategySpec } from "./strategySpec.ts";
import type { Treatment } from "./treatment.ts";

/** The strategies that change the mixing u(.|y) or the whole row; null for any other. */
export function mixingTreatment(strategy: StrategySpec, context: PlanContext): Treatment | null {
  const counts = () => requireClassCounts(strategy, context);
  switch (strategy.kind) {
    case "class-prior":
      return vector(classPrior(counts()));
    case "inverse-prior":
      return vector(inversePrior(counts()));
    case "tempered-prior":
      return vector(temperedPrior(counts(), strategy.tau));
    case "custom":
      return { mixing: givenMixing(strategy.mixing, context.classCount) };
    case "hierarchical":
      return { rows: { kind: "matrix", rows: hierarchicalRows(requireTaxonomy(strategy, context), strategy.beta) } };
    case "level-mixture": {
      const rows = levelMixtureRows(requireTaxonomy(strategy, context), strategy);
      return { mixing: { kind: "matrix", rows } };
    }
    case "teacher":
      return { mixing: teacherMixing(strategy, context.classCount) };
    case "teacher-run":
      return { mixing: teacherRunMixing(strategy.run, strategy.temperature) };
    case "distillation": {
      const { from, temperature, weight = 0.5 } = strategy;
      checkRange("weight", weight, { min: 0, max: 1 });
      return { mixing: teacherRunMixing(from, temperature), epsilon: weight };
    }
    case "online":
      return { mixing: { kind: "online" } };
    case "zipf": {
      const power = strategy.power ?? 1;
      checkRange("power", power, { min: 0 });
      return { mixing: power === 0 ? { kind: "uniform" } : { kind: "zipf", power } };
    }
    default:
      return null;
  }
}

function vector(values: readonly number[]): Treatment {
  return { mixing: { kind: "vector", values } };
}

function teacherRunMixing(run: string, temperature = 1): Mixing {
  checkRange("temperature", temperature, { min: 0, open: true });
  return { kind: "teacher", run, temperature };
}

function teacherMixing(strategy: Extract<StrategySpec, { kind: "teacher" }>, classCount: number): StaticMixing {
  const { logits, temperature = 1 } = strategy;
  const soften = (row: readonly number[]) => teacherDistribution(row, temperature);
  const rows = logits.every((row) => typeof row === "number") ? null : (logits as readonly (readonly number[])[]);
  return givenMixing(rows === null ? soften(logits as readonly number[]) : rows.map(soften), classCount);
}
