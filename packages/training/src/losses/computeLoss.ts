import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import { perCopy } from "../settings/perCopy.ts";
import { binaryCrossEntropy } from "./binaryCrossEntropy.ts";
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

type Of<Kind extends LossSettings["kind"]> = Extract<LossSettings, { kind: Kind }>;

/** `copies` are of one kind: that of the first. */
function lossOf<T extends Tensor>(
  tf: TensorFlow,
  copies: readonly LossSettings[],
  { strengths, ...operands }: AnyLossOperands<T>,
): RowLosses<T> {
  const { rank, shape } = operands.logits;
  const each = <Settings extends LossSettings>(numberOf: (settings: Settings) => number) =>
    perCopy(tf, (copies as readonly Settings[]).map(numberOf), rank);
  const settings = copies[0] as LossSettings;
  switch (settings.kind) {
    case "cross-entropy": {
      const { losses, gradient } = crossEntropyParts(tf, operands);
      return { losses, gradient, crossEntropies: losses };
    }
    case "focal":
      return focalLoss(
        tf,
        operands,
        each(({ gamma }: Of<"focal">) => gamma),
      );
    case "confidence-penalty":
      return confidencePenalty(
        tf,
        operands,
        each(({ beta }: Of<"confidence-penalty">) => beta),
      );
    case "margin-label-smoothing": {
      const share = each(({ weight }: Of<"margin-label-smoothing">) => weight / (shape.at(-1) as number));
      return marginLabelSmoothing(tf, operands, {
        margin: each(({ margin }: Of<"margin-label-smoothing">) => margin),
        share,
      });
    }
    case "max-suppression":
      return maxSuppression(tf, operands, strengths ?? tf.scalar(0));
    case "binary-cross-entropy":
      return binaryCrossEntropy(tf, operands);
    case "squared-error":
      return squaredError(tf, operands, settings.output);
  }
}

/**
 * Losses of all rows and their exact gradient. The result's tensors are the caller's (or its tidy scope's).
 *
 * @param copies settings of one kind, for every copy along the first axis of the logits; numbers may differ. One alone
 *   is for all rows.
 */
export function computeLoss<T extends Tensor>(
  tf: TensorFlow,
  copies: readonly LossSettings[],
  operands: AnyLossOperands<T>,
): RowLosses<T> {
  return tf.tidy(() => lossOf(tf, copies, operands));
}
