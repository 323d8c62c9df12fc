import type { SweepSpec } from "@smoothsweep/contracts";
import { canonicalJson } from "./canonicalJson.ts";
import { checkTeachers } from "./checkTeachers.ts";
import { planCells } from "./planCells.ts";
import type { CheckedPlanningTools, PlannedSweep, PlanningTools, SnapshotDescription } from "./plannedSweep.ts";
import { planTrials } from "./planTrials.ts";
import { runInSlices, runToEnd, type Steps } from "./steps.ts";

/**
 * Turns a specification into trials: every cell gets its target plan, every trial its fingerprint, its group and, when
 * an earlier trial has the same fingerprint, that one as its representative.
 * @throws AppError `invalid_spec` when a cell has no target plan on these data.
 */
export function planSweep(spec: SweepSpec, snapshot: SnapshotDescription, tools: PlanningTools): PlannedSweep {
  return runToEnd(planSteps(spec, snapshot, tools));
}

/**
 * {@link planSweep} of what a user submits: lets others run meanwhile, because 100,000 trials take seconds, and refuses
 * what cannot be trained.
 * @throws AppError `invalid_spec` when a cell has no target plan on these data, or a trial's teacher is not there.
 */
export async function planSubmission(
  spec: SweepSpec,
  snapshot: SnapshotDescription,
  tools: CheckedPlanningTools,
): Promise<PlannedSweep> {
  const sweep = await runInSlices(planSteps(spec, snapshot, tools), tools.turn);
  await checkTeachers(sweep, tools.predictions);
  return sweep;
}

/** Hash of a specification with its defaults filled in: the same sweep has the same hash, however it was written. */
export function specHashOf(spec: SweepSpec, tools: Pick<PlanningTools, "hash">): string {
  return tools.hash(canonicalJson(spec));
}

function* planSteps(spec: SweepSpec, snapshot: SnapshotDescription, tools: PlanningTools): Steps<PlannedSweep> {
  const id = tools.newId("swp");
  const cells = yield* planCells(spec, snapshot, tools);
  const fresh = { representatives: new Map<string, string>(), isKnown: () => false, firstOrdinal: 0 };
  const trials = yield* planTrials({ sweepId: id, spec, snapshot, cells, tools, ...fresh });
  const distinct = trials.filter(({ representativeId }) => representativeId === null).length;
  return { id, spec, specHash: specHashOf(spec, tools), snapshot, cells, trials, distinct };
}
