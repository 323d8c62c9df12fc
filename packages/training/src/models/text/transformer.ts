import type { InputShape, ModelSpec } from "@smoothsweep/contracts";
import type { TensorFlow } from "../../engines/engine.ts";
import { normalValues } from "../../randomness/normalValues.ts";
import { layeredModel } from "../layeredModel.ts";
import { dense } from "../layers/dense.ts";
import { dropout } from "../layers/dropout.ts";
import { embedding } from "../layers/embedding.ts";
import { layerNorm } from "../layers/layerNorm.ts";
import { meanOverTokens } from "../layers/meanOverTokens.ts";
import { positions } from "../layers/positions.ts";
import { sequence } from "../layers/sequence.ts";
import { withPresence } from "../layers/withPresence.ts";
import type { PackModel } from "../packModel.ts";
import { transformerBlock } from "./transformerBlock.ts";

/** Standard deviation of the initial token vectors, as GPT-2's `wte`. */
const DEVIATION = 0.02;

/** Tokens of one forward pass when predicting, per copy: attention keeps heads x length numbers for each of them. */
const PREDICTED_TOKENS_MAX = 2048;

type TransformerSpec = Extract<ModelSpec, { kind: "transformer" | "causal-transformer" }>;
type TokenShape = Extract<InputShape, { kind: "tokens" }>;

/**
 * A Transformer with pre-norm blocks and learned positions. The encoder (`transformer`) averages over a row's tokens for
 * one prediction a row; the causal one predicts at every token, from it and the tokens before. Input and output
 * tables are not tied. Initial values: tables as GPT-2, the rest as PyTorch's `nn.Linear` and `nn.LayerNorm`.
 */
export function createTransformer(
  tf: TensorFlow,
  spec: TransformerSpec,
  { shape, classCount }: { shape: TokenShape; classCount: number },
): PackModel {
  const { layers: count, heads, width, feedForward } = spec;
  const { length, vocabulary } = shape;
  const causal = spec.kind === "causal-transformer";
  const blocks = Array.from({ length: count }, (_, index) =>
    transformerBlock(`block${index}`, { width, heads, feedForward, length, causal }),
  );
  const layers = sequence([
    embedding("tokens", { vocabulary, width }, (random, size) => normalValues(random, size, DEVIATION)),
    positions("positions", { length, width }),
    dropout("embedding", [length, width]),
    ...blocks,
    layerNorm("norm", width),
    ...(causal ? [] : [meanOverTokens]),
    dense("head", { inputs: width, outputs: classCount }),
  ]);
  return layeredModel(tf, {
    layers: withPresence(shape.padding, layers),
    rowShape: [length],
    integerInputs: true,
    lastWeights: "head/weights",
    predictedRowsMax: Math.max(1, Math.floor(PREDICTED_TOKENS_MAX / length)),
  });
}
