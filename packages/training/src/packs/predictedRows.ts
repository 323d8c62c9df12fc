import type { TargetPlan } from "@smoothsweep/smoothing";
import type { LossSettings } from "../settings/lossSettings.ts";

/** What a trial says of the rows of a split. */
export interface PredictedRows {
  /** Rows x classes; their softmax is the trial's prediction. */
  readonly logits: Float32Array;
  /** What the model itself gave, where that is something else than the logits of the prediction; else the same array. */
  readonly modelLogits: Float32Array;
}

/** Mean Euclidean norm of the rows. */
export function meanRowNorm(values: Float32Array, rowLength: number): number {
  let total = 0;
  for (let start = 0; start < values.length; start += rowLength) {
    const squares = values.subarray(start, start + rowLength).reduce((sum, value) => sum + value * value, 0);
    total += Math.sqrt(squares);
  }
  return total / (values.length / rowLength);
}

/** ln s(z) of the sigmoid s: its softmax is s(z_k) / sum_j s(z_j). */
function logSigmoid(logit: number): number {
  return Math.min(logit, 0) - Math.log1p(Math.exp(-Math.abs(logit)));
}

/**
 * What a trial predicts with: scale x z + post-hoc offset. LDAM's loss models softmax(scale z), so the scale belongs to the
 * prediction; offsets and margins of training do not. Sigmoids are independent and need not sum to 1: of data with one
 * label a row they predict s(z_k) / sum_j s(z_j), not softmax(z), which would be a ratio of odds.
 *
 * @param logits of the model, rows x classes; may be overwritten
 */
export function predictedRows(
  { plan, loss }: { plan: TargetPlan; loss: LossSettings },
  logits: Float32Array,
): PredictedRows {
  const { margin, postHocOffset } = plan;
  const isSigmoid = loss.kind === "binary-cross-entropy";
  if (margin === null && postHocOffset === null && !isSigmoid) return { logits, modelLogits: logits };
  const scale = margin?.scale ?? 1;
  const predicted = isSigmoid ? new Float32Array(logits.length) : logits;
  logits.forEach((logit, position) => {
    const scaled = isSigmoid ? logSigmoid(scale * logit) : scale * logit;
    predicted[position] = scaled + (postHocOffset?.[position % postHocOffset.length] ?? 0);
  });
  return { logits: predicted, modelLogits: logits };
}
