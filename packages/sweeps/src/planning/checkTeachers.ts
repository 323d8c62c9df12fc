import { invalidSpec, type SpecIssue } from "@smoothsweep/contracts";
import type { PredictionStore } from "../ports/predictionStore.ts";
import type { PlannedSweep } from "./plannedSweep.ts";

/** The trials whose predictions a sweep's plans mix in. */
function teachersOf({ cells }: Pick<PlannedSweep, "cells">): string[] {
  return [...new Set(cells.flatMap(({ plan }) => (plan.mixing.kind === "teacher" ? [plan.mixing.run] : [])))];
}

async function obstacleOf(
  run: string,
  { snapshot }: Pick<PlannedSweep, "snapshot">,
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
 * Refuses a sweep that distils trials without usable predictions: they must be there, for the same rows in the same order.
 * @throws AppError `invalid_spec`
 */
export async function checkTeachers(
  sweep: Pick<PlannedSweep, "cells" | "snapshot">,
  predictions: PredictionStore,
): Promise<void> {
  const issues: SpecIssue[] = [];
  for (const run of teachersOf(sweep)) {
    const obstacle = await obstacleOf(run, sweep, predictions);
    if (obstacle === undefined) continue;
    const message = `\`strategy.from\` ${obstacle}, got ${JSON.stringify(run)}`;
    issues.push({ path: "strategy.from", code: "invalid_value", message, value: run });
  }
  if (issues.length > 0) throw invalidSpec(issues);
}
