import { z } from "zod";
import { executionSpecFields } from "./executionSpec.ts";
import { epsilonSchema, plainText, wholeNumber } from "./fields.ts";
import { modelSpecSchema } from "./modelSpec.ts";
import { PREDICTED_CLASSES_MAX, strategySpecSchema } from "./strategySpec.ts";
import { optimizerSpecSchema, trainingSpecSchema } from "./trainingSpec.ts";

export { optimizerSpecSchema, PREDICTED_CLASSES_MAX, strategySpecSchema, trainingSpecSchema };

/** The most trials one sweep may have, equivalents counted. */
export const TRIALS_MAX = 100_000;

/** The most logits of one part's predictions, examples x classes: about 16 MiB as they are stored, per trial and part. */
export const LOGITS_MAX = 2 ** 23;

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

export const smoothingFieldsSchema = z.strictObject({
  convention: conventionSchema.default("uniform"),
  epsilon: epsilonSchema.default(0.1),
});

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
  ...executionSpecFields,
});

/** A sweep with every default filled in. */
export type SweepSpec = z.infer<typeof sweepSpecSchema>;
/** A sweep as it may be written: defaults may be left out. */
export type SweepSpecInput = z.input<typeof sweepSpecSchema>;
export type DataSpec = z.infer<typeof dataSpecSchema>;
export type TrainingSpec = z.infer<typeof trainingSpecSchema>;
export type SmoothingFields = z.infer<typeof smoothingFieldsSchema>;
export type StrategyFields = z.infer<typeof strategySpecSchema>;
