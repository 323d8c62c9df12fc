import { invalidSpec, type SpecIssue } from "@smoothsweep/contracts";
import type { PredictionStore } from "../ports/predictionStore.ts";
import type { PlannedSweep } from "./plannedSweep.ts";

/** What of a plan says which predictions its training reads. */
type TaughtTrials = Pick<PlannedSweep, "trials" | "snapshot">;

/** The trials whose predictions are mixed in where a trial is trained; an equivalent is not. */
function teachersOf({ trials }: TaughtTrials): string[] {
  const trained = trials.filter(({ representativeId }) => representativeId === null);
  return [
    ...new Set(trained.flatMap(({ cell: { plan } }) => (plan.mixing.kind === "teacher" ? [plan.mixing.run] : []))),
  ];
}

async function obstacleOf(
  run: string,
  { snapshot }: TaughtTrials,
  predictions: PredictionStore,
): Promise<string | undefined> {
  const stored = await predictions.describe(run, "train");
  if (stored === null) return "must be the id of a trial, and there is none of this id";
  if (stored.snapshotId !== snapshot.id) {
    return `must be a trial on the same training rows, ${snapshot.id}, and this one was trained on ${stored.snapshotId}`;
  }
  if (stored.size !== null) return undefined;
  return "must be a completed trial of a sweep with `training.storeTrainLogits: true`, and this one has no logits of training rows";
}

/**
 * Refuses trials that are distilled from others without usable predictions: they must be there, for the same rows in the
 * same order.
 * @throws AppError `invalid_spec`
 */
export async function checkTeachers(planned: TaughtTrials, predictions: PredictionStore): Promise<void> {
  const issues: SpecIssue[] = [];
  for (const run of teachersOf(planned)) {
    const obstacle = await obstacleOf(run, planned, predictions);
    if (obstacle === undefined) continue;
    const message = `\`strategy.from\` ${obstacle}, got ${JSON.stringify(run)}`;
    issues.push({ path: "strategy.from", code: "invalid_value", message, value: run });
  }
  if (issues.length > 0) throw invalidSpec(issues);
}
