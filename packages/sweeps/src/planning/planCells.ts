import {
  invalidSpec,
  type PlanSummary,
  type SpecIssue,
  type SweepSpec,
  type TrainingSpec,
} from "@smoothsweep/contracts";
import { ArgumentError, buildTargetPlan, canonicalEpsilon, explainPlan, type TargetPlan } from "@smoothsweep/smoothing";
import { canonicalJson } from "./canonicalJson.ts";
import { type ExpandedCell, expandCells } from "./expandCells.ts";
import type { PlannedCell, PlanningTools, SnapshotDescription } from "./plannedSweep.ts";
import type { Steps } from "./steps.ts";
import { obstacleTo } from "./trainability.ts";

/** A sweep of many cells may break the same rule in each: so many are told. */
const ISSUES_MAX = 100;

/**
 * Plans every cell, one a step; the mistakes of all of them are told at once.
 * @throws AppError `invalid_spec` when a cell has no target plan on these data
 */
export function* planCells(spec: SweepSpec, snapshot: SnapshotDescription, tools: PlanningTools): Steps<PlannedCell[]> {
  const issues: SpecIssue[] = [];
  const cells: PlannedCell[] = [];
  for (const cell of expandCells(spec)) {
    const refuse = (reason: string) => {
      const message = `the cell ${canonicalJson(cell.values)} cannot be trained: ${reason}`;
      issues.push({ path: "strategy", code: "invalid_value", message, value: cell.settings.strategy.kind });
    };
    const planned = planCell(cell, { snapshot, tools, refuse });
    if (planned !== undefined) cells.push(planned);
    yield;
  }
  if (issues.length > 0) throw invalidSpec(issues.slice(0, ISSUES_MAX));
  return cells;
}

interface CellContext {
  snapshot: SnapshotDescription;
  tools: PlanningTools;
  refuse: (reason: string) => void;
}

function planCell(cell: ExpandedCell, { snapshot, tools, refuse }: CellContext): PlannedCell | undefined {
  const { smoothing, strategy } = cell.settings;
  const plan = buildPlan(cell, snapshot, refuse);
  if (plan === undefined) return undefined;
  const planSummary: PlanSummary = {
    convention: smoothing.convention,
    epsilon: smoothing.epsilon,
    canonicalEpsilon: uniformEquivalent(plan, cell.settings.training),
    strategy: strategy.kind,
    // Only normalised conventions can be swept.
    rowSum: 1,
    explanation: explainPlan(plan),
  };
  return { ...cell, id: `cel_${tools.hash(canonicalJson(cell.values)).slice(0, 16)}`, plan, planSummary };
}

/** What a strategy cannot do with these data, such as weighting a class without rows, is a mistake of the specification. */
function buildPlan(
  { settings }: ExpandedCell,
  { classCount, trainClassCounts }: SnapshotDescription,
  refuse: (reason: string) => void,
): TargetPlan | undefined {
  const { smoothing, strategy, training } = settings;
  try {
    const plan = buildTargetPlan({ smoothing, strategy }, { classCount, classCounts: trainClassCounts });
    const obstacle = obstacleTo(plan, training, trainClassCounts);
    if (obstacle === undefined) return plan;
    refuse(obstacle);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    refuse(error.message);
  }
  return undefined;
}

/**
 * The one number by which strengths are compared. A plan that mixes with a prior has a strength per class in the
 * off-target convention: then it is that of the convention; a strategy that varies the strength by class has none.
 * Flipped labels of sigmoids are pulled twice as far as the convention `half` of the same number.
 */
function uniformEquivalent(
  { epsilon, mixing, smoothing, classCount }: TargetPlan,
  { loss }: TrainingSpec,
): number | null {
  const isFlipped = loss?.kind === "binary-cross-entropy" && loss.convention === "flip";
  if (typeof epsilon === "number") return isFlipped ? 2 * epsilon : epsilon;
  return mixing.kind === "uniform" ? null : canonicalEpsilon(smoothing, classCount);
}
