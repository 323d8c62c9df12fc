import { deserialize, serialize } from "node:v8";
import { buildTargetPlan } from "@smoothsweep/smoothing";
import { describe, expect, it } from "vitest";
import { trainingSpecSchema } from "../sweepSpec/trainingSpec.ts";
import {
  type ChildMessage,
  type ChildRequest,
  childMessageSchema,
  childRequestSchema,
  type SplitMetrics,
} from "./trainingMessages.ts";

const split: SplitMetrics = { accuracy: 0.9, nll: 0.3, brier: 0.2, ece: 0.05, signedGap: -0.05, logitNorm: 4 };
const epoch: ChildMessage = {
  kind: "epoch",
  packId: "p",
  trialId: "trl_1",
  report: { epoch: 1, trainLoss: 1, excessLoss: 0.5, validation: split, learningRate: 0.05, examplesPerSecond: 10 },
};
const result: ChildMessage = {
  kind: "result",
  packId: "p",
  trialId: "trl_1",
  metrics: {
    validation: split,
    test: split,
    temperature: 0.8,
    temperatureOptimum: "interior",
    scaledTest: { nll: 0.2, ece: 0.01, brier: 0.1 },
    trainLoss: 1,
    excessLoss: 0.5,
  },
  predictions: [
    { split: "test", rows: 2, classCount: 3, encoding: "f16le+deflate", bytes: new Uint8Array([0, 255, 7]) },
  ],
  seconds: 1.5,
  memoryBytes: 1e8,
};
const engine = { name: "wasm" as const, version: "4.22.0", device: "simd", threads: 1 };
const messages: [string, ChildMessage][] = [
  ["ready", { kind: "ready", engine, packCapacity: 4 }],
  ["unfit", { kind: "unfit", code: "engine_self_test_failed", message: "matmul" }],
  ["epoch", epoch],
  ["result", result],
  ["failed", { kind: "failed", packId: "p", trialId: "trl_1", code: "trial_diverged", message: "NaN", epoch: 2 }],
  ["note", { kind: "note", packId: "p", trialIds: ["trl_1", "trl_2"], text: "in 2 parts" }],
  ["broken", { kind: "broken", packId: "p", message: "memory access out of bounds" }],
  ["progress", { kind: "progress", packId: "p" }],
  ["done", { kind: "done", packId: "p", memoryBytes: 1e8 }],
];
const plan = buildTargetPlan(
  { smoothing: { convention: "off-target", epsilon: 0.1 }, strategy: { kind: "class-prior" } },
  { classCount: 3, classCounts: [5, 3, 2] },
);
const training = trainingSpecSchema.parse({ optimizer: { kind: "sgd", learningRate: 0.1, momentum: 0 } });
const requests: [string, ChildRequest][] = [
  [
    "train",
    {
      kind: "train",
      packId: "p",
      data: { dataset: "mnist", train: 10, validation: 5, test: 5, splitSeed: 1 },
      snapshotId: "sha256:x",
      model: { kind: "mlp", hidden: [8], activation: "relu" },
      seed: 2 ** 32 - 1,
      trials: [{ trialId: "trl_1", plan, training }],
    },
  ],
  ["abort", { kind: "abort", packId: "p" }],
  ["shutdown", { kind: "shutdown" }],
];

/** There and back through the format of a child process's channel with `serialization: "advanced"`. */
const throughChannel = (value: unknown): unknown => deserialize(serialize(value));

describe("the protocol between a worker and its training child", () => {
  it.each(messages)("carries %s from the child unchanged", (_kind, message) => {
    expect(childMessageSchema.parse(throughChannel(message))).toEqual(message);
  });

  it.each(requests)("carries %s to the child unchanged", (_kind, request) => {
    expect(childRequestSchema.parse(throughChannel(request))).toEqual(request);
  });

  it("keeps binary predictions binary", () => {
    const parsed = childMessageSchema.parse(throughChannel(result));
    expect(parsed.kind === "result" && parsed.predictions[0]?.bytes).toEqual(new Uint8Array([0, 255, 7]));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("lets no %d pass as a metric", (nll) => {
    const broken = { ...epoch, report: { ...epoch.report, validation: { ...split, nll } } };
    expect(childMessageSchema.safeParse(broken).success).toBe(false);
  });

  it.each([
    ["of no kind that exists", { kind: "hello" }],
    ["without a trial", { ...requests[0]?.[1], trials: [] }],
    ["with a plan that is no object", { ...requests[0]?.[1], trials: [{ trialId: "trl_1", plan: null }] }],
  ])("refuses a request %s", (_what, request) => {
    expect(childRequestSchema.safeParse(request).success).toBe(false);
  });
});
