import { z } from "zod";
import { positiveNumber, realNumber, wholeNumber } from "./fields.ts";

const adamFields = {
  learningRate: positiveNumber(1000).default(0.001),
  beta1: realNumber(0, 0.9999).default(0.9),
  beta2: realNumber(0, 0.999999).default(0.999),
  /** Added to the root of the second moment. */
  stability: positiveNumber(1).default(1e-8),
};

export const optimizerSpecSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("sgd"),
    learningRate: positiveNumber(1000).default(0.05),
    momentum: realNumber(0, 0.9999).default(0.9),
    /** Nesterov's form of momentum; not used when left out. */
    nesterov: z.boolean().exactOptional(),
  }),
  /** Weight decay is part of the gradient. */
  z.strictObject({ kind: z.literal("adam"), ...adamFields }),
  /** Weight decay shrinks the weights themselves. */
  z.strictObject({ kind: z.literal("adamw"), ...adamFields }),
]);

/** What is minimised. Formulas: `LossSettings` of `@smoothsweep/training`. */
const lossSpecSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cross-entropy") }),
  z.strictObject({ kind: z.literal("focal"), gamma: realNumber(0, 100).default(2) }),
  z.strictObject({ kind: z.literal("confidence-penalty"), beta: realNumber(0, 1000).default(0.1) }),
  z.strictObject({
    kind: z.literal("margin-label-smoothing"),
    margin: realNumber(0, 1000).default(6),
    weight: realNumber(0, 1000).default(0.1),
  }),
  /** Its strength is `smoothing.epsilon`. */
  z.strictObject({ kind: z.literal("max-suppression") }),
  /** One sigmoid per class. What `smoothing.epsilon` makes of its targets: 1 - e/2 and e/2, 1 - e and e, or the row of softmax. */
  z.strictObject({
    kind: z.literal("binary-cross-entropy"),
    convention: z.enum(["half", "flip", "softmax"]).default("half"),
  }),
  z.strictObject({ kind: z.literal("squared-error"), output: z.enum(["softmax", "linear"]).default("softmax") }),
]);

/** Optional fields are not used when they are left out. */
export const trainingSpecSchema = z.strictObject({
  epochs: wholeNumber(1, 10_000).default(6),
  batchSize: wholeNumber(1, 1_000_000).default(128),
  optimizer: optimizerSpecSchema.default({ kind: "sgd", learningRate: 0.05, momentum: 0.9 }),
  /**
   * Learning rate per step: constant; lr (1 + cos(pi t / steps)) / 2; or `step`, a tenth from half of the training on
   * and a hundredth from three quarters on.
   */
  schedule: z.enum(["constant", "cosine", "step"]).default("cosine"),
  /** Epochs in which the learning rate rises linearly, before the schedule begins. */
  warmUpEpochs: wholeNumber(0, 10_000).exactOptional(),
  /** L2 penalty on all parameters, as PyTorch's `weight_decay`. */
  weightDecay: realNumber(0, 1000).exactOptional(),
  /** L1 penalty on all parameters. */
  l1Penalty: realNumber(0, 1000).exactOptional(),
  /** Longest gradient that an update follows as it is. */
  gradientNormMax: positiveNumber(1e9).exactOptional(),
  /** Share of hidden units left out in a training step. */
  dropout: realNumber(0, 0.95).exactOptional(),
  /** alpha of Mixup: rows are mixed in pairs, by shares drawn from Beta(alpha, alpha). */
  mixup: realNumber(0, 1000).exactOptional(),
  /** Whether the logits of the training rows are stored with the result too, so that other trials can be distilled from it. */
  storeTrainLogits: z.boolean().exactOptional(),
  /** Cross entropy when left out. */
  loss: lossSpecSchema.exactOptional(),
});
