import type { Predictions } from "../predictions.ts";
import { requirePositive } from "../validation/requireNumber.ts";
import { requirePredictions } from "../validation/requirePredictions.ts";

/** Everything one pass over the logits yields; the buffer that all further metrics read. */
export interface SoftmaxRows {
  /** N x K probabilities, row-major. */
  readonly probabilities: Float64Array;
  /** N predicted classes: the largest logit, ties to the lowest class index; the same at every temperature. */
  readonly predicted: Int32Array;
  /** N largest probabilities. */
  readonly confidences: Float64Array;
  /** N flags, 1 when the prediction is right. */
  readonly outcomes: Uint8Array;
  /** N values -ln p_y in nats, exact for extreme logits (no probability is rounded to 0 first). */
  readonly losses: Float64Array;
  /** N entropies of the rows in nats. */
  readonly entropies: Float64Array;
  /** N differences between the largest and the second largest probability. */
  readonly margins: Float64Array;
  /** N Euclidean norms of the logits as given (before the temperature). */
  readonly logitNorms: Float64Array;
}

function allocateRows(count: number, classCount: number): SoftmaxRows {
  return {
    probabilities: new Float64Array(count * classCount),
    predicted: new Int32Array(count),
    confidences: new Float64Array(count),
    outcomes: new Uint8Array(count),
    losses: new Float64Array(count),
    entropies: new Float64Array(count),
    margins: new Float64Array(count),
    logitNorms: new Float64Array(count),
  };
}

/** Norm of a row whose squares overflow: scaled by its largest absolute value. */
function scaledNorm(logits: ArrayLike<number>, start: number, classCount: number): number {
  let norm = 0;
  for (let k = 0; k < classCount; k++) norm = Math.hypot(norm, logits[start + k]!);
  return norm;
}

function fillRow(rows: SoftmaxRows, input: Predictions & { readonly temperature: number }, row: number): void {
  const { logits, labels, classCount, temperature } = input;
  const { probabilities } = rows;
  const start = row * classCount;
  let best = 0;
  let squares = 0;
  for (let k = 0; k < classCount; k++) {
    const logit = logits[start + k]!;
    squares += logit * logit;
    if (logit > logits[start + best]!) best = k;
  }
  const largest = logits[start + best]!;
  let rest = 0; // the largest term is exactly 1 and is left out, so that log1p keeps small losses exact
  let weighted = 0;
  let second = 0;
  for (let k = 0; k < classCount; k++) {
    const shifted = (logits[start + k]! - largest) / temperature; // a quotient: 1 / T could overflow
    const term = Math.exp(shifted);
    probabilities[start + k] = term;
    if (k === best) continue;
    rest += term;
    if (term > second) second = term;
    if (term > 0) weighted += term * shifted;
  }
  const total = 1 + rest;
  const logTotal = Math.log1p(rest);
  for (let k = 0; k < classCount; k++) probabilities[start + k]! /= total;
  const label = labels[row]!;
  rows.predicted[row] = best;
  rows.confidences[row] = 1 / total;
  rows.outcomes[row] = best === label ? 1 : 0;
  rows.losses[row] = logTotal - (logits[start + label]! - largest) / temperature;
  rows.entropies[row] = logTotal - weighted / total;
  rows.margins[row] = (1 - second) / total;
  rows.logitNorms[row] = squares < Infinity ? Math.sqrt(squares) : scaledNorm(logits, start, classCount);
}

/**
 * Softmax of every row, with what is cheapest to take in the same pass.
 *
 * `p_k = exp((z_k - max z) / T) / sum_j exp((z_j - max z) / T)`; the loss is `ln sum_j exp((z_j - z_y) / T)`, taken
 * from the logits, so it stays finite where `p_y` underflows. One exponential, one division and about six other
 * operations per logit; reads 8 N K bytes twice (the second time from cache) and writes 8 N K.
 *
 * @param predictions - logits with the original hard labels
 * @param temperature - T above 0, no unit; 1 leaves the logits as they are
 * @returns the buffers, in float64
 * @throws {ArgumentError} when the predictions break a rule or T is not above 0
 */
export function softmaxRows(predictions: Predictions, temperature = 1): SoftmaxRows {
  const count = requirePredictions(predictions);
  requirePositive("temperature", temperature);
  const rows = allocateRows(count, predictions.classCount);
  const { logits, labels, classCount } = predictions;
  const input = { logits, labels, classCount, temperature };
  for (let row = 0; row < count; row++) fillRow(rows, input, row);
  return rows;
}
