import type { TargetPlan } from "@smoothsweep/smoothing";
import { z } from "zod";
import { modelSpecSchema } from "../sweepSpec/modelSpec.ts";
import { dataSpecSchema, seedSchema, trainingSpecSchema } from "../sweepSpec/sweepSpec.ts";

/** Where tensors run. Resolution order of `auto`: design.md section 6. */
export const engineNames = ["tensorflow-gpu", "webgpu", "tensorflow", "wasm", "cpu"] as const;
export const engineNameSchema = z.enum(engineNames);
export type EngineName = z.infer<typeof engineNameSchema>;
export const engineChoiceSchema = z.enum(["auto", ...engineNames]);
export type EngineChoice = z.infer<typeof engineChoiceSchema>;

/** Which engine computed a result, and with what. Stored with every result. */
export const engineInfoSchema = z.object({
  name: engineNameSchema,
  /** Version of the library that computes: TensorFlow's C library, XNNPACK of tfjs-backend-wasm, ... */
  version: z.string(),
  device: z.string(),
  threads: z.number().int().positive(),
});
export type EngineInfo = z.infer<typeof engineInfoSchema>;

/** Metrics of one split, always against the original hard labels. Fractions in [0, 1], nats, Brier in [0, 2]. */
export const splitMetricsSchema = z.object({
  accuracy: z.number(),
  nll: z.number(),
  brier: z.number(),
  ece: z.number(),
  /** Mean confidence - accuracy: positive is overconfident. */
  signedGap: z.number(),
  /** Mean Euclidean norm of a row of logits. */
  logitNorm: z.number(),
});
export type SplitMetrics = z.infer<typeof splitMetricsSchema>;

/** What one epoch of one trial reports. */
export const epochReportSchema = z.object({
  epoch: z.number().int().positive(),
  /** Mean training loss of the epoch: CE(q, p) against the smoothed targets, nats. */
  trainLoss: z.number(),
  /** trainLoss - H(q): the only training loss that may be compared across epsilons (law 4). */
  excessLoss: z.number(),
  validation: splitMetricsSchema,
  learningRate: z.number(),
  examplesPerSecond: z.number(),
  /** Largest logit of any validation row. */
  largestLogit: z.number().optional(),
  /** Euclidean norm of all parameters, and of the last layer's weights. */
  weightNorm: z.number().optional(),
  lastLayerNorm: z.number().optional(),
  /** Euclidean norm of the whole gradient in the epoch's last batch, before clipping. */
  gradientNorm: z.number().optional(),
  /** Mean largest probability of the validation rows. */
  confidence: z.number().optional(),
});
export type EpochReport = z.infer<typeof epochReportSchema>;

/** The final metrics of a trial. Temperature is fitted on validation and applied to test (law 5). */
export const trialMetricsSchema = z.object({
  validation: splitMetricsSchema,
  test: splitMetricsSchema,
  temperature: z.number(),
  /** Whether the temperature's optimum lies inside the allowed range; at a bound its value means little. */
  temperatureOptimum: z.enum(["interior", "upper-bound", "lower-bound", "indeterminate"]),
  scaledTest: z.object({ nll: z.number(), ece: z.number(), brier: z.number() }),
  trainLoss: z.number(),
  excessLoss: z.number(),
});
export type TrialMetrics = z.infer<typeof trialMetricsSchema>;

/** Logits of one split: N x K row-major, IEEE half precision little endian, deflated. */
export const predictionBlobSchema = z.object({
  split: z.enum(["train", "validation", "test"]),
  rows: z.number().int().nonnegative(),
  classCount: z.number().int().positive(),
  encoding: z.literal("f16le+deflate"),
  bytes: z.instanceof(Uint8Array),
});
export type PredictionBlob = z.infer<typeof predictionBlobSchema>;

const targetPlanSchema = z.custom<TargetPlan>((value) => typeof value === "object" && value !== null);

/** A pack for a training child: the trials of one group, which share all but the target plan and numbers of training. */
export const trainPackRequestSchema = z.object({
  kind: z.literal("train"),
  packId: z.string(),
  data: dataSpecSchema,
  /** Hash that the loaded data must have; a child that has other data refuses. */
  snapshotId: z.string(),
  model: modelSpecSchema,
  seed: seedSchema,
  trials: z.array(z.object({ trialId: z.string(), plan: targetPlanSchema, training: trainingSpecSchema })).min(1),
  /** Logits of training rows by the id of the stored trial, for plans that mix in a teacher's predictions. */
  teachers: z.record(z.string(), predictionBlobSchema).exactOptional(),
});
export type TrainPackRequest = z.infer<typeof trainPackRequestSchema>;

export const childRequestSchema = z.discriminatedUnion("kind", [
  trainPackRequestSchema,
  z.object({ kind: z.literal("abort"), packId: z.string() }),
  z.object({ kind: z.literal("shutdown") }),
]);
export type ChildRequest = z.infer<typeof childRequestSchema>;

/** What a training child says. Structured clone carries it, so blobs stay binary. */
export const childMessageSchema = z.discriminatedUnion("kind", [
  /** After the engine proved itself (law 7); nothing is sent to a child before this. */
  z.object({ kind: z.literal("ready"), engine: engineInfoSchema, packCapacity: z.number().int().positive() }),
  /** The child cannot serve at all; it ends after this. */
  z.object({ kind: z.literal("unfit"), code: z.string(), message: z.string() }),
  z.object({ kind: z.literal("epoch"), packId: z.string(), trialId: z.string(), report: epochReportSchema }),
  z.object({
    kind: z.literal("result"),
    packId: z.string(),
    trialId: z.string(),
    metrics: trialMetricsSchema,
    predictions: z.array(predictionBlobSchema),
    /** Seconds of this trial's training and evaluation (a pack's time divided by its trials). */
    seconds: z.number(),
    memoryBytes: z.number(),
  }),
  z.object({
    kind: z.literal("failed"),
    packId: z.string(),
    trialId: z.string(),
    code: z.string(),
    message: z.string(),
    epoch: z.number().int().optional(),
  }),
  /** Why these trials do not train in one go with all others of their pack; told once, before they are. */
  z.object({ kind: z.literal("note"), packId: z.string(), trialIds: z.array(z.string()), text: z.string() }),
  /** The engine's memory may be corrupt: the child ends after this, and what the pack has left open is lost. */
  z.object({ kind: z.literal("broken"), packId: z.string(), message: z.string() }),
  /** Proof of life within an epoch: the progress deadline counts from the last message. */
  z.object({ kind: z.literal("progress"), packId: z.string() }),
  z.object({
    kind: z.literal("done"),
    packId: z.string(),
    /** Resident memory of the child, with all that earlier packs left behind. */
    memoryBytes: z.number(),
  }),
]);
export type ChildMessage = z.infer<typeof childMessageSchema>;
