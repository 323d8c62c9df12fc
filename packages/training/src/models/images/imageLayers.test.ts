import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  biasReference,
  convolutionReference,
  globalAverageReference,
  groupNormReference,
  type Images,
  maxPoolingReference,
  reluReference,
  sumReference,
} from "../../../test/fixtures/imageReference.ts";
import { installedEngines } from "../../../test/fixtures/installedEngines.ts";
import { expectLayerGradients, type LayerCase } from "../../../test/fixtures/layerGradients.ts";
import { denseReference } from "../../../test/fixtures/textReference.ts";
import type { Engine } from "../../engines/engine.ts";
import { resolveEngine } from "../../engines/resolveEngine.ts";
import { bias } from "../layers/bias.ts";
import { convolution } from "../layers/convolution.ts";
import { flatten } from "../layers/flatten.ts";
import { globalAveragePooling } from "../layers/globalAveragePooling.ts";
import { groupNorm } from "../layers/groupNorm.ts";
import { inTurn } from "../layers/inTurn.ts";
import { maxPooling } from "../layers/maxPooling.ts";
import { sequence } from "../layers/sequence.ts";
import { cnnLayers } from "./cnn.ts";
import { resnet8Layers } from "./resnet8.ts";

type Call = Parameters<LayerCase["reference"]>[0];

const SIZES = { rows: 2, height: 5, width: 6, channels: 4 };
const shape = Object.values(SIZES);
const imagesOf = (inputs: Float64Array, sizes: Omit<Images, "values"> = SIZES): Images => ({
  ...sizes,
  values: inputs,
});

/** Parameters in the order in which a reference asks for them. */
function take({ parameters }: Call): () => Float64Array {
  let next = 0;
  return () => parameters[next++] as Float64Array;
}

function convolutionCase(sizes: { outputs: number; kernel: number; stride?: number }): LayerCase {
  return {
    layer: convolution("convolution", { inputs: SIZES.channels, ...sizes }),
    inputShape: shape,
    reference: (call) => convolutionReference(imagesOf(call.inputs), take(call)(), sizes).values,
  };
}

const stem = { outputs: 3, kernel: 3 };
const stemReference = (call: Call): Float64Array => {
  const next = take(call);
  const convolved = convolutionReference(imagesOf(call.inputs), next(), stem);
  return biasReference(maxPoolingReference(convolved), next()).values;
};
const stemLayers = (isFirst: boolean) =>
  inTurn(
    sequence([
      convolution("convolution", { inputs: SIZES.channels, ...stem, isFirst }),
      maxPooling,
      bias("convolution", { width: stem.outputs, bound: 0.3 }),
      flatten,
    ]),
  );

const cnnSizes = { rows: 3, height: 7, width: 6, channels: 2 };
function cnnReference(call: Call): Float64Array {
  const next = take(call);
  let images = imagesOf(call.inputs, cnnSizes);
  for (const outputs of [3, 4]) {
    const convolved = convolutionReference(images, next(), { outputs, kernel: 3 });
    // The usual order: the layers do the same with less work.
    images = maxPoolingReference(reluReference(biasReference(convolved, next())));
  }
  const [mask] = call.masks;
  const hidden = denseReference(images.values, next(), next()).map((value) => Math.max(0, value));
  const kept = mask ? hidden.map((value, place) => value * (mask[place] as number)) : hidden;
  return denseReference(kept, next(), next());
}

const resnetSizes = { rows: 1, height: 5, width: 4, channels: 1 };
function resnetReference(call: Call): Float64Array {
  const next = take(call);
  const normalised = (images: Images, outputs: number, { kernel, stride }: { kernel: number; stride: number }) => {
    const convolved = convolutionReference(images, next(), { outputs, kernel, stride });
    const groups = outputs % 4 === 0 ? outputs / 2 : 1;
    return groupNormReference(convolved, { groups, scales: next(), shifts: next() });
  };
  let images = reluReference(normalised(imagesOf(call.inputs, resnetSizes), 2, { kernel: 3, stride: 1 }));
  for (const [index, outputs] of [2, 4, 8].entries()) {
    const stride = index === 0 ? 1 : 2;
    const first = reluReference(normalised(images, outputs, { kernel: 3, stride }));
    const main = normalised(first, outputs, { kernel: 3, stride: 1 });
    const side = index === 0 ? images : normalised(images, outputs, { kernel: 1, stride });
    images = reluReference(sumReference(side, main));
  }
  return denseReference(globalAverageReference(images), next(), next());
}

const cnnCase: LayerCase = {
  layer: cnnLayers(
    { kind: "cnn", channels: [3, 4], kernel: 3, hidden: [5] },
    { shape: { kind: "image", height: 7, width: 6, channels: 2 }, classCount: 3 },
  ),
  inputShape: Object.values(cnnSizes),
  shared: true,
  reference: cnnReference,
};

const cases: Record<string, LayerCase> = {
  "a 3 x 3 convolution": convolutionCase({ outputs: 3, kernel: 3 }),
  "a 5 x 5 convolution": convolutionCase({ outputs: 2, kernel: 5 }),
  "a 3 x 3 convolution with stride 2": convolutionCase({ outputs: 3, kernel: 3, stride: 2 }),
  "a 1 x 1 convolution with stride 2": convolutionCase({ outputs: 5, kernel: 1, stride: 2 }),
  "a bias": {
    layer: bias("bias", { width: SIZES.channels, bound: 0.5 }),
    inputShape: shape,
    reference: (call) => biasReference(imagesOf(call.inputs), take(call)()).values,
  },
  "max pooling": {
    layer: maxPooling,
    inputShape: shape,
    reference: ({ inputs }) => maxPoolingReference(imagesOf(inputs)).values,
  },
  "group normalisation": {
    layer: groupNorm("norm", { channels: SIZES.channels, groups: 2 }),
    inputShape: shape,
    reference: (call) => {
      const next = take(call);
      return groupNormReference(imagesOf(call.inputs), { groups: 2, scales: next(), shifts: next() }).values;
    },
  },
  "the mean over pixels": {
    layer: globalAveragePooling,
    inputShape: shape,
    reference: ({ inputs }) => globalAverageReference(imagesOf(inputs)),
  },
  "layers for one copy after another": { layer: stemLayers(false), inputShape: shape, reference: stemReference },
  "first layers on shared images": {
    layer: stemLayers(true),
    inputShape: shape,
    shared: true,
    reference: stemReference,
  },
  "a convolutional network": cnnCase,
  "a convolutional network under dropout": { ...cnnCase, dropout: true },
  "a residual network": {
    layer: resnet8Layers(
      { kind: "resnet-8", width: 2 },
      { shape: { kind: "image", height: 5, width: 4, channels: 1 }, classCount: 3 },
    ),
    inputShape: Object.values(resnetSizes),
    shared: true,
    reference: resnetReference,
  },
};

describe.each(installedEngines)("layers of image models on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  test.each(Object.keys(cases))("%s has the outputs and derivatives of its float64 twin", async (title) => {
    await expectLayerGradients(engine, cases[title] as LayerCase);
  });

  test("of equal pixels, as in a black background, the first one passes the derivative on", async () => {
    const { tf } = engine;
    const told = tf.tidy(() => {
      const pass = maxPooling.apply({ tf, parameters: [], inputs: tf.zeros([1, 1, 2, 4, 1]), masks: [] });
      return pass.backward(tf.tensor([3, 5], [1, 1, 1, 2, 1])).inputs as ReturnType<typeof tf.zeros>;
    });
    expect(Array.from(await told.data())).toEqual([3, 0, 5, 0, 0, 0, 0, 0]);
    told.dispose();
  });
});
