import { describe, expect, it } from "vitest";
import { sharedTraining } from "./sharedTraining.ts";
import type { TrainingSpec } from "./sweepSpec.ts";
import { trainingSpecSchema } from "./trainingSpec.ts";

const base: TrainingSpec = trainingSpecSchema.parse({});
const sharedOf = (changes: object) => sharedTraining(trainingSpecSchema.parse({ ...base, ...changes }));

describe("sharedTraining", () => {
  it.each<[string, object]>([
    ["learning rates", { optimizer: { kind: "sgd", learningRate: 1, momentum: 0.9 } }],
    ["momenta", { optimizer: { kind: "sgd", learningRate: 0.05, momentum: 0 } }],
    ["weight decay", { weightDecay: 1e-3 }],
    ["L1 penalties", { l1Penalty: 1e-3 }],
    ["longest gradients", { gradientNormMax: 1 }],
    ["a loss that was named and the same left out", { loss: { kind: "cross-entropy" } }],
    ["a dropout of nothing", { dropout: 0 }],
    ["storage of logits", { storeTrainLogits: true }],
    ["no Nesterov", { optimizer: { kind: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: false } }],
  ])("lets different %s share a program", (_, changes) => {
    expect(sharedOf(changes)).toEqual(sharedTraining(base));
  });

  it("lets strengths of one loss share a program", () => {
    expect(sharedOf({ loss: { kind: "focal", gamma: 1 } })).toEqual(sharedOf({ loss: { kind: "focal", gamma: 3 } }));
  });

  it.each<[string, object]>([
    ["epochs", { epochs: 7 }],
    ["batch sizes", { batchSize: 64 }],
    ["schedules", { schedule: "constant" }],
    ["warm-up", { warmUpEpochs: 1 }],
    ["dropout", { dropout: 0.1 }],
    ["Mixup", { mixup: 0.2 }],
    ["optimisers", { optimizer: { kind: "adam" } }],
    ["Nesterov", { optimizer: { kind: "sgd", nesterov: true } }],
    ["losses", { loss: { kind: "focal" } }],
    ["outputs of a loss", { loss: { kind: "squared-error", output: "linear" } }],
  ])("keeps different %s apart", (_, changes) => {
    expect(sharedOf(changes)).not.toEqual(sharedTraining(base));
  });
});
