import { featureCountOf, type InputShape, labelsPerRow, type ModelSpec } from "@smoothsweep/contracts";
import type { PackData, Split } from "../../src/packs/packTypes.ts";
import { randomStream } from "../../src/randomness/randomStream.ts";
import { uniformValues } from "../../src/randomness/uniformValues.ts";

/** A small model of some kind, with data that it takes. */
export interface ModelFixture {
  readonly model: ModelSpec;
  readonly inputShape: InputShape;
  readonly classCount: number;
}

const text = { kind: "tokens", length: 6, vocabulary: 11, padding: 0 } as const;
const rowsOfText = { inputShape: { ...text, labels: "per-row" }, classCount: 4 } as const;
/** Every token has a label: the one that follows it. */
const language = { inputShape: { ...text, labels: "per-token" }, classCount: 11 } as const;
const transformer = { layers: 2, heads: 2, width: 8, feedForward: 12 } as const;
const image = { inputShape: { kind: "image", height: 6, width: 5, channels: 2 }, classCount: 4 } as const;
const vector = { inputShape: { kind: "vector", features: 9 }, classCount: 4 } as const;

/** Every kind of model, in a size that a software GPU trains in seconds. A new kind is a line here. */
export const modelFixtures: readonly ModelFixture[] = [
  { model: { kind: "mlp", hidden: [], activation: "relu" }, ...vector },
  { model: { kind: "mlp", hidden: [8, 6], activation: "relu" }, ...vector },
  { model: { kind: "cnn", channels: [3, 4], kernel: 3, hidden: [5] }, ...image },
  { model: { kind: "resnet-8", width: 4 }, ...image },
  { model: { kind: "averaged-embedding", width: 6, hidden: [5] }, ...rowsOfText },
  { model: { kind: "transformer", ...transformer }, ...rowsOfText },
  { model: { kind: "causal-transformer", ...transformer }, ...language },
];

/** The kind, and what is special about this fixture of it. */
export function titleOf({ model }: ModelFixture): string {
  return model.kind === "mlp" ? `mlp with ${model.hidden.length} hidden layers` : model.kind;
}

const ROWS = { train: 20, validation: 10, test: 10 };

/** Token ids, or numbers; the class moves the numbers, so that there is something to learn. */
function inputsOf(name: string, labels: Int32Array, { inputShape, classCount }: ModelFixture): Float32Array {
  const features = featureCountOf(inputShape);
  const rows = labels.length / labelsPerRow(inputShape);
  const noise = uniformValues(randomStream(17, `conformance/${name}`), rows * features, 1);
  if (inputShape.kind === "tokens") {
    return noise.map((value) =>
      Math.min(inputShape.vocabulary - 1, Math.floor(((value + 1) / 2) * inputShape.vocabulary)),
    );
  }
  return noise.map((value, position) => {
    const label = labels[Math.floor(position / features)] as number;
    return value + (position % classCount === label ? 1 : 0);
  });
}

function createSplit(name: keyof typeof ROWS, fixture: ModelFixture): Split {
  const count = ROWS[name] * labelsPerRow(fixture.inputShape);
  const labels = Int32Array.from({ length: count }, (_, index) => (index * 7 + (index >> 2)) % fixture.classCount);
  return { inputs: inputsOf(name, labels, fixture), labels };
}

/** Data of the fixture's shape, the same on every machine. */
export function dataOf(fixture: ModelFixture): PackData {
  const { inputShape, classCount } = fixture;
  return {
    train: createSplit("train", fixture),
    validation: createSplit("validation", fixture),
    test: createSplit("test", fixture),
    classCount,
    featureCount: featureCountOf(inputShape),
    inputShape,
  };
}
