import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installedEngines } from "../../../test/fixtures/installedEngines.ts";
import { expectLayerGradients, type LayerCase } from "../../../test/fixtures/layerGradients.ts";
import {
  added,
  attentionReference,
  denseReference,
  embeddingReference,
  layerNormReference,
  meanReference,
} from "../../../test/fixtures/textReference.ts";
import type { Engine } from "../../engines/engine.ts";
import { resolveEngine } from "../../engines/resolveEngine.ts";
import { uniformValues } from "../../randomness/uniformValues.ts";
import { attention } from "../layers/attention.ts";
import { dense } from "../layers/dense.ts";
import { embedding } from "../layers/embedding.ts";
import { layerNorm } from "../layers/layerNorm.ts";
import { meanOverTokens } from "../layers/meanOverTokens.ts";
import { positions } from "../layers/positions.ts";
import { transformerBlock } from "./transformerBlock.ts";

const SIZES = { length: 5, width: 6, heads: 2 };
const { length, width, heads } = SIZES;
const rows = 3;
const tokens = [rows, length, width];
/** The last row has one token, the second three. */
const presence = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
const isPresent = (row: number, place: number) => presence[row * length + place] === 1;
const values = (list: readonly Float64Array[], index: number) => list[index] as Float64Array;

const ids = [3, 0, 3, 3, 6, 1, 1, 2, 0, 0, 5, 4, 0, 0, 0];

const block = transformerBlock("block", { ...SIZES, feedForward: 7, causal: true });
const causal = (_: number, query: number, key: number) => key <= query;

function blockReference({ parameters, inputs, masks }: Parameters<LayerCase["reference"]>[0]): Float64Array {
  const factor = (list: Float64Array, mask: Float64Array | undefined) =>
    mask ? list.map((value, index) => value * (mask[index] as number)) : list;
  const normalised = layerNormReference(inputs, values(parameters, 0), values(parameters, 1));
  const heeded = attentionReference({ inputs: normalised, parameters: parameters.slice(2, 10) }, SIZES, causal);
  const middle = added(inputs, factor(heeded, masks[0]));
  const again = layerNormReference(middle, values(parameters, 10), values(parameters, 11));
  const inner = denseReference(again, values(parameters, 12), values(parameters, 13)).map((x) => Math.max(0, x));
  return added(middle, factor(denseReference(inner, values(parameters, 14), values(parameters, 15)), masks[1]));
}

const attentionCase = (isCausal: boolean, padded: boolean): LayerCase => ({
  layer: attention("attention", { width, heads, causal: isCausal }),
  inputShape: tokens,
  ...(padded ? { presence } : {}),
  reference: (call) =>
    attentionReference(
      call,
      SIZES,
      (row, query, key) => (!padded || isPresent(row, key)) && (!isCausal || key <= query),
    ),
});

const cases: Record<string, LayerCase> = {
  "embedding, tokens occurring several times": {
    layer: embedding("tokens", { vocabulary: 8, width }, (random, count) => uniformValues(random, count, 0.5)),
    inputShape: [rows, length],
    ids,
    reference: ({ parameters, inputs }) => embeddingReference(inputs, values(parameters, 0), width),
  },
  positions: {
    layer: positions("positions", { length, width }),
    inputShape: tokens,
    reference: ({ parameters, inputs }) => added(inputs, values(parameters, 0)),
  },
  "layer normalisation": {
    layer: layerNorm("norm", width),
    inputShape: tokens,
    reference: ({ parameters, inputs }) => layerNormReference(inputs, values(parameters, 0), values(parameters, 1)),
  },
  "dense layer": {
    layer: dense("dense", { inputs: width, outputs: 4 }),
    inputShape: tokens,
    reference: ({ parameters, inputs }) => denseReference(inputs, values(parameters, 0), values(parameters, 1)),
  },
  "mean over tokens": {
    layer: meanOverTokens,
    inputShape: tokens,
    reference: ({ inputs }) => meanReference(inputs, SIZES, () => true),
  },
  "mean over tokens, padding left out": {
    layer: meanOverTokens,
    inputShape: tokens,
    presence,
    reference: ({ inputs }) => meanReference(inputs, SIZES, isPresent),
  },
  attention: attentionCase(false, false),
  "attention that leaves padding out": attentionCase(false, true),
  "causal attention": attentionCase(true, false),
  "causal attention that leaves padding out": attentionCase(true, true),
  "a Transformer block": { layer: block, inputShape: tokens, reference: blockReference },
  "a Transformer block under dropout": { layer: block, inputShape: tokens, reference: blockReference, dropout: true },
};

describe.each(installedEngines)("layers of text models on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  test.each(Object.keys(cases))("%s has the outputs and derivatives of its float64 twin", async (title) => {
    await expectLayerGradients(engine, cases[title] as LayerCase);
  });

  test("a row of nothing but padding keeps every number finite", async () => {
    const { tf } = engine;
    const outputs = tf.tidy(() => {
      const layer = attention("attention", { width, heads, causal: false });
      const parameters = layer.parameters.map(({ shape }) => tf.ones([1, ...shape]));
      const call = { tf, parameters, inputs: tf.ones([1, 2, length, width]), masks: [] };
      const pass = layer.apply({ ...call, presence: tf.zeros([1, 2, length]) });
      const told = pass.backward(tf.onesLike(pass.outputs));
      const pooled = meanOverTokens.apply({ ...call, inputs: pass.outputs, presence: tf.zeros([1, 2, length]) });
      return tf.concat(
        [pass.outputs, told.inputs as typeof pass.outputs, pooled.outputs].map((t) => tf.reshape(t, [-1])),
      );
    });
    expect(Array.from(await outputs.data()).every(Number.isFinite)).toBe(true);
    outputs.dispose();
  });
});
