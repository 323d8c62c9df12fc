import type { EpochTargets } from "../targets/targetTimeline.ts";
import { type BatchExamples, batchDivisor } from "./lossBatch.ts";

/** Training losses of one trial in one epoch, nats. */
export interface EpochLosses {
  /** Mean of what was minimised. */
  readonly trainLoss: number;
  /** Mean cross entropy - H(q) against the same targets: comparable across strengths and losses (law 4). */
  readonly excessLoss: number;
}

/** Mean H(q) of the examples: what the cross entropy tends to when the fit is perfect. O(examples). */
export function meanEntropy({ plan, targets }: EpochTargets, { labels, rows }: BatchExamples): number {
  const total = labels.reduce(
    (sum, label, position) => sum + targets.entropyOf({ label, row: rows[position] as number }),
    0,
  );
  return total / batchDivisor(plan, labels);
}

/**
 * Turns sums over the examples of an epoch into means.
 * @param labels of all that were trained on
 * @param sums `meanEntropy` is that of the same examples
 */
export function epochLosses(
  view: EpochTargets,
  labels: Int32Array,
  sums: { loss: number; crossEntropy: number; meanEntropy: number },
): EpochLosses {
  const divisor = batchDivisor(view.plan, labels);
  return { trainLoss: sums.loss / divisor, excessLoss: sums.crossEntropy / divisor - sums.meanEntropy };
}
