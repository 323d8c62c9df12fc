import { z } from "zod";
import { positiveNumber, realNumber, wholeNumber } from "./fields.ts";

/** beta of the effective number, (1 - beta) / (1 - beta^n). */
const effectiveNumberBeta = realNumber(0, 0.999999999);
const margins = {
  /** Margin of the rarest class; class k has maxMargin (n_min / n_k)^(1/4). */
  maxMargin: realNumber(0, 1000).default(0.5),
  /** Factor on the logits, in training and at prediction. */
  scale: positiveNumber(1000).default(30),
};

/**
 * The most classes for mixings that follow the model's own predictions: `online` keeps K x K numbers for each trial, and
 * `zipf` compares every class with every other one for each example.
 */
export const PREDICTED_CLASSES_MAX = 1024;

/**
 * What is done about class imbalance. Formulas: `StrategySpec` of `@smoothsweep/smoothing`, whose members these are;
 * class frequencies are those of the training rows.
 */
export const strategySpecSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("class-prior") }),
  z.strictObject({ kind: z.literal("uniform") }),
  z.strictObject({ kind: z.literal("inverse-prior") }),
  z.strictObject({
    kind: z.literal("tempered-prior"),
    /** 1 is the prior, 0 uniform, -1 the inverse prior. */
    tau: realNumber(-10, 10),
  }),
  z.strictObject({
    kind: z.literal("smaller-epsilon"),
    /** Factor on epsilon; without it, exp(H(prior)) / K. */
    factor: realNumber(0, 1).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("label-aware"),
    headEpsilon: realNumber(0, 1),
    tailEpsilon: realNumber(0, 1),
    shape: z.enum(["concave", "linear", "convex", "exponential"]),
    /** Exponent of shape `exponential`. */
    power: positiveNumber(1000).default(1),
  }),
  z.strictObject({
    kind: z.literal("weighted"),
    weights: z.enum(["inverse-frequency", "inverse-frequency-balanced", "effective-number"]),
    beta: effectiveNumberBeta.default(0.999),
    /** A factor on each example's loss, or PyTorch's `weight`, which moves the optimum. */
    form: z.enum(["per-sample", "class-term"]).default("per-sample"),
  }),
  z.strictObject({
    kind: z.literal("resampled"),
    sampling: z.enum(["balanced", "square-root", "progressive"]),
    /** Length of progressive sampling; without it, the whole training. */
    epochs: wholeNumber(1, 10_000).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("logit-adjusted"),
    tau: realNumber(-10, 10).default(1),
    when: z.enum(["training", "post-hoc"]).default("training"),
  }),
  z.strictObject({ kind: z.literal("balanced-softmax") }),
  z.strictObject({
    kind: z.literal("distillation"),
    /** Id of a completed trial on the same rows, of a sweep with `training.storeTrainLogits`. */
    from: z.string().min(1).max(100),
    /** T of the teacher's softmax(z / T). */
    temperature: positiveNumber(1000).default(1),
    /** Share of the teacher in the targets; the rest is the label. `smoothing` is not used. */
    weight: realNumber(0, 1).default(0.5),
  }),
  /** The mixing is what training itself predicted in the epoch before, see `onlineMixing` of `@smoothsweep/smoothing`. */
  z.strictObject({ kind: z.literal("online") }),
  z.strictObject({
    kind: z.literal("zipf"),
    /** a of r^-a, r the rank of a class in the prediction of the moment; 0 is uniform. */
    power: realNumber(0, 1000).default(1),
  }),
  z.strictObject({ kind: z.literal("ldam"), ...margins }),
  z.strictObject({
    kind: z.literal("ldam-drw"),
    /** The first epoch with effective-number weights, counted from 0. */
    startEpoch: wholeNumber(0, 10_000),
    ...margins,
    beta: effectiveNumberBeta.default(0.9999),
  }),
]);
