import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { computeLoss } from "../losses/computeLoss.ts";
import { indexedCrossEntropy } from "../losses/indexedCrossEntropy.ts";
import { oneHotRows } from "../losses/oneHotRows.ts";
import type { RowLosses } from "../losses/rowLosses.ts";
import { targetEntropies } from "../losses/targetEntropies.ts";
import { zipfShares } from "../losses/zipfShares.ts";
import { copyOf, joinCopies } from "../models/layers/copies.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import { indexedTargets } from "./indexedTargets.ts";
import type { LossBatch, RankedRows } from "./lossBatch.ts";

/** [1, rows, K]: 1 at each row's class. */
function hardRows(tf: TensorFlow, { labels, sizes }: LossBatch): Tensor {
  return tf.expandDims(oneHotRows(tf, tf.tensor1d(labels, "int32"), sizes.classCount), 0);
}

function perRow(tf: TensorFlow, values: Float32Array, { copies, rows }: LossBatch["sizes"]): Tensor3D {
  return tf.tensor3d(values, [copies, rows, 1]);
}

/** What the ranks of each copy's own prediction add to its rows, [P, rows, K]. Copies take turns: ranking needs memory. */
function rankedParts(tf: TensorFlow, logits: Tensor3D, ranked: readonly (RankedRows | null)[]): Tensor3D {
  const [, rows, classes] = logits.shape;
  const parts = ranked.map((part, copy): Tensor => {
    if (part === null) return tf.zeros([1, rows, classes]);
    const shares = zipfShares(tf, copyOf(tf, logits, copy) as Tensor3D, part.power);
    return tf.mul(shares, tf.tensor3d(part.strengths, [1, rows, 1]));
  });
  return joinCopies(tf, parts) as Tensor3D;
}

/** Target rows of single examples [P, rows, K]; factored ones are written out for the batch only. */
function singleRows(tf: TensorFlow, logits: Tensor3D, batch: LossBatch): Tensor3D {
  const { targets, sizes } = batch;
  const { copies, rows, classCount } = sizes;
  if (targets.form === "dense") {
    const known = tf.tensor3d(targets.values, [copies, rows, classCount]);
    return targets.ranked ? tf.add(known, rankedParts(tf, logits, targets.ranked)) : known;
  }
  const hard = hardRows(tf, batch);
  const mixing = tf.tensor3d(targets.mixing, [copies, 1, classCount]);
  const others = tf.mul(tf.mul(mixing, perRow(tf, targets.shared, sizes)), tf.sub(1, hard));
  return tf.add(others, tf.mul(hard, perRow(tf, targets.own, sizes)));
}

/** Target rows [P, rows, K]. */
function targetRows(tf: TensorFlow, logits: Tensor3D, batch: LossBatch): Tensor3D {
  const single = singleRows(tf, logits, batch);
  if (!batch.mixing) return single;
  const { share, partners } = batch.mixing;
  const others = tf.gather(single, tf.tensor1d(Int32Array.from(partners), "int32"), 1);
  return tf.add(tf.mul(single, share), tf.mul(others, 1 - share));
}

/** The logits that the loss sees: scale x (z + offset - margin on the true class). */
function seenLogits(tf: TensorFlow, logits: Tensor3D, batch: LossBatch): Tensor3D {
  const { offsets, margins, scales, sizes } = batch;
  let seen = logits;
  if (offsets) seen = tf.add(seen, tf.tensor3d(offsets, [sizes.copies, 1, sizes.classCount]));
  if (margins) seen = tf.sub(seen, tf.mul(hardRows(tf, batch), perRow(tf, margins, sizes)));
  if (scales) seen = tf.mul(seen, tf.tensor3d(scales, [sizes.copies, 1, 1]));
  return seen;
}

/** What the loss says of a batch. A type, so that tidy can look into it. */
export type BatchLosses = RowLosses<Tensor3D> & {
  /** H(q) of every row, weighted, [P, rows], where rows were mixed or ranked; else the targets tell it, see `epochLosses`. */
  readonly entropies: Tensor | null;
};

function weightRows(tf: TensorFlow, rows: RowLosses<Tensor3D>, batch: LossBatch): RowLosses<Tensor3D> {
  if (!batch.weights) return rows;
  const { copies, rows: rowCount } = batch.sizes;
  const weights = tf.tensor2d(batch.weights, [copies, rowCount]);
  return {
    losses: tf.mul(rows.losses, weights),
    gradient: tf.mul(rows.gradient, perRow(tf, batch.weights, batch.sizes)),
    crossEntropies: tf.mul(rows.crossEntropies, weights),
  };
}

/** Losses of the rows before weights and means, and H(q) of every row where the batch has made the rows. */
function rowLosses(
  tf: TensorFlow,
  logits: Tensor3D,
  { batch, losses }: { batch: LossBatch; losses: readonly LossSettings[] },
): { rows: RowLosses<Tensor3D>; floors: Tensor | null } {
  const seen = seenLogits(tf, logits, batch);
  const indexed = indexedTargets(batch, losses);
  if (indexed) return { rows: indexedCrossEntropy(tf, seen, indexed), floors: null };
  const targets = targetRows(tf, logits, batch);
  const strengths = batch.strengths && perRow(tf, batch.strengths, batch.sizes);
  const rows = computeLoss(tf, losses, { logits: seen, targets, strengths });
  const isMade = batch.mixing !== null || (batch.targets.form === "dense" && batch.targets.ranked !== null);
  return { rows, floors: isMade ? targetEntropies(tf, targets, losses[0] as LossSettings) : null };
}

/**
 * Losses of a batch under the plans of a pack, weighted, [P, rows], and the derivative of their mean with respect to the
 * model's logits, [P, rows, K]. The same as `planLoss` of @smoothsweep/smoothing for cross entropy.
 * Must run in the caller's tidy scope.
 */
export function lossOfBatch(
  tf: TensorFlow,
  logits: Tensor3D,
  options: { batch: LossBatch; losses: readonly LossSettings[] },
): BatchLosses {
  const { batch } = options;
  const { scales, divisors, sizes } = batch;
  const { rows, floors } = rowLosses(tf, logits, options);
  const weighted = weightRows(tf, rows, batch);
  const perScale = [sizes.copies, 1, 1] as [number, number, number];
  const slope = scales ? tf.mul(weighted.gradient, tf.tensor3d(scales, perScale)) : weighted.gradient;
  // The step follows the mean over the batch.
  const gradient: Tensor3D = divisors ? tf.div(slope, tf.tensor3d(divisors, perScale)) : tf.div(slope, sizes.rows);
  const entropies =
    floors && batch.weights ? tf.mul(floors, tf.tensor2d(batch.weights, floors.shape as [number, number])) : floors;
  return { ...weighted, gradient, entropies };
}
