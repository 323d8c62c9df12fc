import { z } from "zod";
import { epsilonSchema, plainText, positiveNumber, realNumber, wholeNumber } from "./fields.ts";

/** The most trials one sweep may have, equivalents counted. */
export const TRIALS_MAX = 100_000;

/** The conventions a sweep may vary. Formulas: `@smoothsweep/smoothing`. */
export const conventionSchema = z.enum(["uniform", "off-target"]);

/** Which rows are trained on, validated on and tested on. Every part is drawn without overlap, from the split seed. */
export const dataSpecSchema = z.strictObject({
  /** Name in the catalogue of `@smoothsweep/datasets`. */
  dataset: z.string(),
  /** Rows to train on, from the data set's training part. */
  train: wholeNumber(1, 10_000_000),
  /** Rows to validate on, from the data set's training part; temperature is fitted here, never on test. */
  validation: wholeNumber(2, 10_000_000),
  /** Rows to test on: the first ones of the data set's own test part. */
  test: wholeNumber(2, 10_000_000),
  /** Seed of the permutation that splits train from validation; one for the whole sweep. */
  splitSeed: wholeNumber(0, 2 ** 32 - 1).default(2026),
});

export const modelSpecSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("mlp"),
    /** Widths of the hidden layers; none is logistic regression. */
    hidden: z.array(wholeNumber(1, 65_536)).max(16).default([128]),
    activation: z.literal("relu").default("relu"),
  }),
]);

export const optimizerSpecSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("sgd"),
    learningRate: positiveNumber(1000).default(0.05),
    momentum: realNumber(0, 0.9999).default(0.9),
  }),
]);

export const trainingSpecSchema = z.strictObject({
  epochs: wholeNumber(1, 10_000).default(6),
  batchSize: wholeNumber(1, 1_000_000).default(128),
  optimizer: optimizerSpecSchema.default({ kind: "sgd", learningRate: 0.05, momentum: 0.9 }),
  /** Learning rate per step: constant, or lr (1 + cos(pi t / steps)) / 2. */
  schedule: z.enum(["constant", "cosine"]).default("cosine"),
});

export const smoothingFieldsSchema = z.strictObject({
  convention: conventionSchema.default("uniform"),
  epsilon: epsilonSchema.default(0.1),
});

/** What is done about class imbalance. */
export const strategySpecSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("class-prior") }),
]);

/** A value that an axis may take. */
export const axisValueSchema = z.union([z.string(), z.number(), z.boolean()], {
  error: "must be a text, a number or a boolean",
});
export type AxisValue = z.infer<typeof axisValueSchema>;

export const seedSchema = wholeNumber(0, 2 ** 32 - 1);

/**
 * A sweep as the user writes it, in JSON or YAML: one base configuration, the axes that vary it, and the seeds.
 * Trials = product of the axes' lengths x seeds. Every default is filled in, stored and shown.
 */
export const sweepSpecSchema = z.strictObject({
  version: z.literal(1).default(1),
  name: plainText().trim().min(1).max(120),
  description: plainText().max(2000).default(""),
  data: dataSpecSchema,
  model: modelSpecSchema.default({ kind: "mlp", hidden: [128], activation: "relu" }),
  training: trainingSpecSchema.default({
    epochs: 6,
    batchSize: 128,
    optimizer: { kind: "sgd", learningRate: 0.05, momentum: 0.9 },
    schedule: "cosine",
  }),
  smoothing: smoothingFieldsSchema.default({ convention: "uniform", epsilon: 0.1 }),
  strategy: strategySpecSchema.default({ kind: "none" }),
  /** Path into this specification -> the values it takes. */
  axes: z.record(z.string(), z.array(axisValueSchema)).default({}),
  seeds: z.array(seedSchema),
});

/** A sweep with every default filled in. */
export type SweepSpec = z.infer<typeof sweepSpecSchema>;
/** A sweep as it may be written: defaults may be left out. */
export type SweepSpecInput = z.input<typeof sweepSpecSchema>;
export type DataSpec = z.infer<typeof dataSpecSchema>;
export type ModelSpec = z.infer<typeof modelSpecSchema>;
export type TrainingSpec = z.infer<typeof trainingSpecSchema>;
export type SmoothingFields = z.infer<typeof smoothingFieldsSchema>;
export type StrategyFields = z.infer<typeof strategySpecSchema>;
