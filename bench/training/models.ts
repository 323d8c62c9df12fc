import type { InputShape, ModelSpec } from "@smoothsweep/contracts";

/** A model with the data it is timed on. */
export interface ModelCase {
  readonly name: string;
  readonly model: ModelSpec;
  readonly inputShape: InputShape;
  readonly classCount: number;
  readonly batchSize: number;
  /** Floating-point operations of one trial's step: forward, and backward for weights and inputs. */
  readonly operations: number;
}

const BATCH = 128;

/** 2 m k n for each pass; the first layer needs no gradient of its inputs. */
function mlpOperations(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, layer) => {
    return sum + (layer === 0 ? 2 : 3) * 2 * BATCH * (widths[layer] as number) * width;
  }, 0);
}

/** 3 x 3 convolutions that keep the size, each followed by 2 x 2 pooling; then dense layers. */
function cnnOperations(side: number, channels: readonly number[], hidden: number): number {
  const maps = [1, ...channels];
  const convolutions = channels.map((count, layer) => {
    const pixels = (side >> layer) ** 2;
    return (layer === 0 ? 2 : 3) * 2 * BATCH * pixels * 9 * (maps[layer] as number) * count;
  });
  const flat = (side >> channels.length) ** 2 * (channels.at(-1) as number);
  const dense = 3 * 2 * BATCH * (flat * hidden + hidden * 10);
  return convolutions.reduce((sum, count) => sum + count, dense);
}

/** Per token and layer: four products of the width, two with the other tokens, two of the feed-forward part. */
function transformerOperations(sizes: { layers: number; width: number; feedForward: number; length: number }): number {
  const { layers, width, feedForward, length } = sizes;
  const perToken = layers * 2 * (4 * width ** 2 + 2 * length * width + 2 * width * feedForward);
  return 3 * BATCH * length * perToken;
}

/** What `bench -- training` times. */
export const modelCases: readonly ModelCase[] = [
  {
    name: "mlp 784-256-10",
    model: { kind: "mlp", hidden: [256], activation: "relu" },
    inputShape: { kind: "vector", features: 784 },
    classCount: 10,
    batchSize: BATCH,
    operations: mlpOperations([784, 256, 10]),
  },
  {
    name: "cnn 16-32-64",
    model: { kind: "cnn", channels: [16, 32], kernel: 3, hidden: [64] },
    inputShape: { kind: "image", height: 28, width: 28, channels: 1 },
    classCount: 10,
    batchSize: BATCH,
    operations: cnnOperations(28, [16, 32], 64),
  },
  {
    name: "transformer 2x64",
    model: { kind: "transformer", layers: 2, heads: 4, width: 64, feedForward: 128 },
    inputShape: { kind: "tokens", length: 32, vocabulary: 1000, padding: null, labels: "per-row" },
    classCount: 4,
    batchSize: BATCH,
    operations: transformerOperations({ layers: 2, width: 64, feedForward: 128, length: 32 }),
  },
];
