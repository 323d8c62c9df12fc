import type { PredictionBlob } from "@smoothsweep/contracts";
import type { StoredPrediction } from "@smoothsweep/sweeps";
import { originOf, sweepOf } from "./queries.ts";
import type { Tables } from "./tables.ts";

type Split = PredictionBlob["split"];

/** The logits of a trial, which are those of the one that was trained for it. */
export function readPrediction(tables: Tables, trialId: string, split: Split): PredictionBlob | null {
  const trial = tables.trials.get(trialId);
  if (trial === undefined) return null;
  return originOf(tables, trial).predictions.find((blob) => blob.split === split) ?? null;
}

export function describePrediction(tables: Tables, trialId: string, split: Split): StoredPrediction | null {
  const trial = tables.trials.get(trialId);
  if (trial === undefined) return null;
  const blob = readPrediction(tables, trialId, split);
  const size = blob === null ? null : { rows: blob.rows, classCount: blob.classCount };
  return { snapshotId: sweepOf(tables, trial.sweepId).snapshot.id, size };
}
