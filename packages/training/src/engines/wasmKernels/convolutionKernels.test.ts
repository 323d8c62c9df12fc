import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectClose } from "../../../test/fixtures/closeTo.ts";
import { randomStream } from "../../randomness/randomStream.ts";
import { uniformValues } from "../../randomness/uniformValues.ts";
import type { Engine, TensorFlow } from "../engine.ts";
import { readTensor } from "../readTensor.ts";
import { resolveEngine } from "../resolveEngine.ts";

let wasm: Engine;
beforeAll(async () => {
  wasm = await resolveEngine("wasm");
});
afterAll(() => wasm.dispose());

function random(tf: TensorFlow, name: string, shape: number[]): Tensor4D {
  const count = shape.reduce((product, size) => product * size, 1);
  return tf.tensor4d(uniformValues(randomStream(3, name), count, 1), shape as [number, number, number, number]);
}

type Computation = (tf: TensorFlow) => Tensor;

/** Numbers and shape of a computation; nothing but its result may be left behind. */
async function compute({ tf }: Engine, computation: Computation) {
  const before = tf.memory();
  const result = tf.tidy(() => computation(tf));
  const { shape } = result;
  const values = await readTensor(result);
  const { numTensors, numDataBuffers } = tf.memory();
  expect({ numTensors, numDataBuffers }).toEqual({
    numTensors: before.numTensors,
    numDataBuffers: before.numDataBuffers,
  });
  return { shape, values };
}

async function expectAsReference(computation: Computation): Promise<void> {
  await wasm.activate();
  const actual = await compute(wasm, computation);
  const expected = await compute(await resolveEngine("cpu"), computation);
  await wasm.activate();
  expect(actual.shape).toEqual(expected.shape);
  // Sums of up to a few hundred products of numbers below 1 in single precision.
  expectClose(actual.values, expected.values, 2e-6);
}

const convolutions = [
  { title: "3 x 3", image: [9, 7, 3], outputs: 5, kernel: [3, 3], strides: 1, pad: "same" },
  { title: "5 x 5", image: [6, 8, 2], outputs: 3, kernel: [5, 5], strides: 1, pad: "same" },
  { title: "one channel", image: [8, 8, 1], outputs: 4, kernel: [3, 3], strides: 1, pad: "same" },
  { title: "1 x 1", image: [5, 5, 4], outputs: 3, kernel: [1, 1], strides: 1, pad: "same" },
  { title: "stride 2 on even sides", image: [8, 6, 3], outputs: 4, kernel: [3, 3], strides: 2, pad: "same" },
  { title: "stride 2 on odd sides", image: [7, 5, 3], outputs: 4, kernel: [3, 3], strides: 2, pad: "same" },
  { title: "1 x 1 with stride 2", image: [8, 7, 3], outputs: 4, kernel: [1, 1], strides: 2, pad: "same" },
  { title: "different sides and strides", image: [9, 10, 2], outputs: 3, kernel: [2, 4], strides: [3, 2], pad: "same" },
  { title: "no padding", image: [8, 9, 2], outputs: 3, kernel: [3, 2], strides: 1, pad: "valid" },
  { title: "no padding, stride 2", image: [8, 9, 2], outputs: 3, kernel: [3, 2], strides: 2, pad: "valid" },
];

describe.each(convolutions)("derivatives of a convolution, $title", ({ image, outputs, kernel, strides, pad }) => {
  const imageShape = [4, ...image];
  const filterShape = [...kernel, image[2] as number, outputs];
  const attributes = { strides, pad, dataFormat: "NHWC" };

  /** A derivative of the outputs, of the shape that a convolution gives them. */
  function outputGradient(tf: TensorFlow): Tensor {
    const images = random(tf, "images", imageShape);
    const filters = random(tf, "filters", filterShape);
    const outputs = tf.conv2d(images, filters, strides as [number, number], pad as "same");
    return random(tf, "gradient", outputs.shape);
  }

  test("Conv2DBackpropFilter equals the reference", () =>
    expectAsReference((tf) => {
      const inputs = { x: random(tf, "images", imageShape), dy: outputGradient(tf) };
      return tf.engine().runKernel("Conv2DBackpropFilter", inputs, { ...attributes, filterShape }) as Tensor;
    }));

  test("Conv2DBackpropInput equals the reference", () =>
    expectAsReference((tf) => {
      const inputs = { dy: outputGradient(tf), filter: random(tf, "filters", filterShape) };
      return tf.engine().runKernel("Conv2DBackpropInput", inputs, { ...attributes, inputShape: imageShape }) as Tensor;
    }));
});

describe("MaxPoolGrad", () => {
  function gradient(tf: TensorFlow, image: number[], window: { filterSize: number; strides: number }): Tensor {
    // Few different numbers, so that windows have equal ones.
    const input: Tensor4D = tf.relu(tf.round(tf.mul(random(tf, "images", [3, ...image]), 2)));
    const output = tf.maxPool(input, window.filterSize, window.strides, "valid");
    const inputs = { dy: random(tf, "pooled", output.shape), input, output };
    return tf.engine().runKernel("MaxPoolGrad", inputs, { ...window, pad: "valid" }) as Tensor;
  }

  test.each([[[8, 6, 3]], [[7, 9, 2]], [[2, 2, 1]]])(
    "of 2 x 2 pixels equals the reference, ties included: %j",
    (image) => expectAsReference((tf) => gradient(tf, image, { filterSize: 2, strides: 2 })),
  );

  test("of other windows is tfjs's own", () =>
    expectAsReference((tf) => {
      const input = random(tf, "images", [2, 9, 9, 2]);
      const output = tf.maxPool(input, 3, 3, "valid");
      const inputs = { dy: random(tf, "pooled", output.shape), input, output };
      return tf.engine().runKernel("MaxPoolGrad", inputs, { filterSize: 3, strides: 3, pad: "valid" }) as Tensor;
    }));
});
