import type { IndexedTargets } from "../losses/indexedCrossEntropy.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import type { LossBatch } from "./lossBatch.ts";

/** Sum of each copy's mixing distribution, which class-term weights may have changed. */
function mixingTotals(mixing: Float32Array, classCount: number): number[] {
  return Array.from({ length: mixing.length / classCount }, (_, copy) =>
    mixing.subarray(copy * classCount, (copy + 1) * classCount).reduce((sum, share) => sum + share, 0),
  );
}

/**
 * A batch's targets as cross entropy takes them without writing them out; undefined where they are written out anyway,
 * are mixed with other rows, or the loss needs them whole.
 */
export function indexedTargets(batch: LossBatch, losses: readonly LossSettings[]): IndexedTargets | undefined {
  const { targets, labels, sizes } = batch;
  if (targets.form !== "factored" || batch.mixing !== null) return undefined;
  if (losses.some(({ kind }) => kind !== "cross-entropy")) return undefined;
  const { own, shared, mixing } = targets;
  const totals = mixingTotals(mixing, sizes.classCount);
  const copyOf = (place: number) => Math.floor(place / sizes.rows);
  const ownShare = (place: number) =>
    mixing[copyOf(place) * sizes.classCount + (labels[place % sizes.rows] as number)] as number;
  const excess = own.map((mass, place) => mass - (shared[place] as number) * ownShare(place));
  const rowSums = excess.map((more, place) => more + (shared[place] as number) * (totals[copyOf(place)] as number));
  return { labels, excess, shared, rowSums, mixing };
}
