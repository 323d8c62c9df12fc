import { featureCountOf, type InputShape } from "@smoothsweep/contracts";
import { buildTargetPlan } from "@smoothsweep/smoothing";
import type { PackRequest, Split } from "@smoothsweep/training";
import type { ModelCase } from "./models.ts";

const EPOCHS_MAX = 1000;
const EVALUATED_ROWS = 16;

/** Numbers without meaning, the same in every run; tokens where the model takes tokens. */
function syntheticSplit(rows: number, { inputShape, classCount }: ModelCase): Split {
  const count = rows * featureCountOf(inputShape);
  return {
    inputs: Float32Array.from({ length: count }, (_, index) => syntheticInput(inputShape, index)),
    labels: Int32Array.from({ length: rows }, (_, row) => row % classCount),
  };
}

function syntheticInput(shape: InputShape, index: number): number {
  const hashed = (index * 2654435761) % 2 ** 32;
  return shape.kind === "tokens" ? hashed % shape.vocabulary : (hashed % 256) / 256;
}

/** A pack of trials that differ in their epsilon and train until they are stopped. */
export function createPackRequest(
  modelCase: ModelCase,
  pack: { size: number; stepsPerEpoch: number; training?: Partial<PackRequest["training"]> },
): PackRequest {
  const { model, inputShape, classCount, batchSize } = modelCase;
  const trials = Array.from({ length: pack.size }, (_, index) => {
    const smoothing = { convention: "uniform", epsilon: index / (2 * pack.size) } as const;
    const plan = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount });
    return { trialId: `trial-${index}`, plan };
  });
  return {
    model,
    training: {
      epochs: EPOCHS_MAX,
      batchSize,
      optimizer: { kind: "sgd", learningRate: 0.01, momentum: 0.9 },
      schedule: "constant",
      ...pack.training,
    },
    seed: 1,
    trials,
    data: {
      train: syntheticSplit(batchSize * pack.stepsPerEpoch, modelCase),
      validation: syntheticSplit(EVALUATED_ROWS, modelCase),
      test: syntheticSplit(EVALUATED_ROWS, modelCase),
      classCount,
      featureCount: featureCountOf(inputShape),
      inputShape,
    },
  };
}
