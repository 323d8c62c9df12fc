import type { PredictionBlob } from "@smoothsweep/contracts";

/** What is known of a trial's stored logits without reading them. */
export interface StoredPrediction {
  /** The data that the trial was trained on; the rows are in their order. */
  snapshotId: string;
  /** Examples and classes; null when the trial exists and has no logits of that split. */
  size: { rows: number; classCount: number } | null;
}

/**
 * Logits that accepted results came with. A trial for which another one was trained, its representative or an earlier one
 * whose result it reuses, has those of that one.
 *
 * Laws:
 * - What was stored never changes.
 * - Returned values are copies.
 */
export interface PredictionStore {
  /** Null for a trial that does not exist. */
  describe(trialId: string, split: PredictionBlob["split"]): Promise<StoredPrediction | null>;
  /** Null when nothing is stored. */
  read(trialId: string, split: PredictionBlob["split"]): Promise<PredictionBlob | null>;
}
