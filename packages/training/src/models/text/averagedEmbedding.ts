import type { InputShape, ModelSpec } from "@smoothsweep/contracts";
import type { TensorFlow } from "../../engines/engine.ts";
import { uniformValues } from "../../randomness/uniformValues.ts";
import { layeredModel } from "../layeredModel.ts";
import { dense } from "../layers/dense.ts";
import { dropout } from "../layers/dropout.ts";
import { embedding } from "../layers/embedding.ts";
import { meanOverTokens } from "../layers/meanOverTokens.ts";
import { relu } from "../layers/relu.ts";
import { sequence } from "../layers/sequence.ts";
import { withPresence } from "../layers/withPresence.ts";
import type { PackModel } from "../packModel.ts";

type AveragedEmbeddingSpec = Extract<ModelSpec, { kind: "averaged-embedding" }>;
type TokenShape = Extract<InputShape, { kind: "tokens" }>;

/**
 * The mean of a row's token vectors, then dense layers with relu; without hidden ones it is fastText's classifier, whose
 * initial tables, uniform in +-1/width, it takes over. Dropout acts on the mean and on every hidden layer.
 * @see Joulin et al. 2016, Bag of tricks for efficient text classification, https://arxiv.org/abs/1607.01759
 */
export function createAveragedEmbedding(
  tf: TensorFlow,
  spec: AveragedEmbeddingSpec,
  { shape, classCount }: { shape: TokenShape; classCount: number },
): PackModel {
  const { width, hidden } = spec;
  const widths = [width, ...hidden];
  const hiddenLayers = hidden.flatMap((outputs, index) => [
    dense(`dense${index}`, { inputs: widths[index] as number, outputs }),
    relu,
    dropout(`dense${index}`, [outputs]),
  ]);
  const layers = sequence([
    embedding("tokens", { vocabulary: shape.vocabulary, width }, (random, count) =>
      uniformValues(random, count, 1 / width),
    ),
    meanOverTokens,
    dropout("mean", [width]),
    ...hiddenLayers,
    dense("head", { inputs: widths.at(-1) as number, outputs: classCount }),
  ]);
  return layeredModel(tf, {
    layers: withPresence(shape.padding, layers),
    rowShape: [shape.length],
    integerInputs: true,
    lastWeights: "head/weights",
  });
}
