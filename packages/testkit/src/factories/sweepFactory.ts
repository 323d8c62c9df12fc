import { createHash } from "node:crypto";
import type { SweepSpecInput } from "@smoothsweep/contracts";
import { newId as newRuntimeId } from "@smoothsweep/runtime";
import {
  type DatasetCatalogue,
  type PlannedSweep,
  type PlanningTools,
  parseSweepSpec,
  planSweep,
  type SnapshotDescription,
} from "@smoothsweep/sweeps";

/** A catalogue with one small data set of three classes, of which one is rare. */
export const testCatalogue = {
  tiny: { trainRows: 400, testRows: 100, classCount: 3, inputShape: { kind: "vector", features: 4 } },
} satisfies DatasetCatalogue;

export const testSnapshot: SnapshotDescription = {
  id: "sha256:test",
  classCount: 3,
  featureCount: 4,
  trainClassCounts: [60, 30, 10],
};

/** A valid sweep of four cells and two seeds that takes no results of others; parts may be replaced. */
export function sweepSpecInput(changes: Partial<SweepSpecInput> = {}): SweepSpecInput {
  return {
    name: "test",
    data: { dataset: "tiny", train: 100, validation: 50, test: 50 },
    training: { epochs: 2, batchSize: 20 },
    axes: { "smoothing.epsilon": [0, 0.1], "smoothing.convention": ["uniform", "off-target"] },
    seeds: [0, 1],
    cache: "off",
    ...changes,
  };
}

/** A planned sweep with ids of its own. */
export function plannedSweep(
  changes: Partial<SweepSpecInput> = {},
  newId: PlanningTools["newId"] = newRuntimeId,
): PlannedSweep {
  const spec = parseSweepSpec(sweepSpecInput(changes), testCatalogue);
  return planSweep(spec, testSnapshot, { hash: sha256, newId });
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
