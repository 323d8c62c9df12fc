import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import { confidencePenalty } from "./confidencePenalty.ts";
import { crossEntropyParts, type LossOperands } from "./crossEntropyParts.ts";
import { focalLoss } from "./focalLoss.ts";
import { marginLabelSmoothing } from "./marginLabelSmoothing.ts";
import { maxSuppression } from "./maxSuppression.ts";
import type { RowLosses } from "./rowLosses.ts";
import { squaredError } from "./squaredError.ts";

/** Operands of every kind of loss. */
export interface AnyLossOperands<T extends Tensor = Tensor> extends LossOperands<T> {
  /** e of every row, [...rows, 1]; max suppression needs it. */
  readonly strengths: Tensor | null;
}

function lossOf<T extends Tensor>(
  tf: TensorFlow,
  settings: LossSettings,
  { strengths, ...operands }: AnyLossOperands<T>,
): RowLosses<T> {
  switch (settings.kind) {
    case "cross-entropy": {
      const { losses, gradient } = crossEntropyParts(tf, operands);
      return { losses, gradient, crossEntropies: losses };
    }
    case "focal":
      return focalLoss(tf, operands, settings.gamma);
    case "confidence-penalty":
      return confidencePenalty(tf, operands, settings.beta);
    case "margin-label-smoothing":
      return marginLabelSmoothing(tf, operands, settings);
    case "max-suppression":
      return maxSuppression(tf, operands, strengths ?? tf.scalar(0));
    case "squared-error":
      return squaredError(tf, operands, settings.output);
  }
}

/** Losses of all rows and their exact gradient. The result's tensors are the caller's (or its tidy scope's). */
export function computeLoss<T extends Tensor>(
  tf: TensorFlow,
  settings: LossSettings,
  operands: AnyLossOperands<T>,
): RowLosses<T> {
  return tf.tidy(() => lossOf(tf, settings, operands));
}
