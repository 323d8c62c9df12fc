import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { randomStream } from "../../randomness/randomStream.ts";
import { uniformValues } from "../../randomness/uniformValues.ts";
import type { Engine, TensorFlow } from "../engine.ts";
import { resolveEngine } from "../resolveEngine.ts";

let wasm: Engine;
beforeAll(async () => {
  wasm = await resolveEngine("wasm");
});
afterAll(() => wasm.dispose());

function random(name: string, shape: number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  return uniformValues(randomStream(3, name), count, 1);
}

interface Product {
  readonly a: { readonly values: Float32Array; readonly shape: number[] };
  readonly b: { readonly values: Float32Array; readonly shape: number[] };
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

function createProduct(leading: { a: number[]; b: number[] }, transposeA: boolean, transposeB: boolean): Product {
  const shapeA = [...leading.a, ...(transposeA ? [19, 13] : [13, 19])];
  const shapeB = [...leading.b, ...(transposeB ? [7, 19] : [19, 7])];
  return {
    a: { values: random("a", shapeA), shape: shapeA },
    b: { values: random("b", shapeB), shape: shapeB },
    transposeA,
    transposeB,
  };
}

function multiply(tf: TensorFlow, product: Product): { shape: number[]; values: Float32Array } {
  return tf.tidy(() => {
    const a = tf.tensor(product.a.values, product.a.shape);
    const b = tf.tensor(product.b.values, product.b.shape);
    const output = tf.matMul(a, b, product.transposeA, product.transposeB);
    return { shape: output.shape, values: output.dataSync<"float32">() as Float32Array };
  });
}

/** The plain result: the reference engine's. */
async function onReference<Result>(compute: (tf: TensorFlow) => Result): Promise<Result> {
  const cpu = await resolveEngine("cpu");
  const result = compute(cpu.tf);
  await wasm.activate();
  return result;
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  // Sums of 19 products of numbers below 1 in single precision.
  for (let index = 0; index < expected.length; index++) expect(actual[index]).toBeCloseTo(expected[index] as number, 5);
}

const transpositions = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

describe.each([
  ["single matrices", { a: [], b: [] }],
  ["stacks", { a: [4], b: [4] }],
  ["one left matrix for a stack", { a: [1], b: [4] }],
  ["one right matrix for a stack", { a: [4], b: [1] }],
  ["stacks of stacks", { a: [2, 3], b: [2, 3] }],
])("BatchMatMul of %s", (_, leading) => {
  test.each(transpositions)("equals the reference, transposeA %s, transposeB %s", async (transposeA, transposeB) => {
    const product = createProduct(leading, transposeA, transposeB);
    const before = wasm.tf.memory();
    const actual = multiply(wasm.tf, product);
    expect(wasm.tf.memory().numTensors).toBe(before.numTensors);
    expect(wasm.tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    const expected = await onReference((tf) => multiply(tf, product));
    expect(actual.shape).toEqual(expected.shape);
    expectClose(actual.values, expected.values);
  });
});

test.each([
  ["stacks", { a: [4], b: [4] }],
  ["one left matrix for a stack", { a: [1], b: [4] }],
  ["one right matrix for a stack", { a: [4], b: [1] }],
])(
  "few rows times a large transposed operand, %s: the reference's numbers, and one by one the same bits",
  async (_, of) => {
    const a = { values: random("few", [...of.a, 3, 19]), shape: [...of.a, 3, 19] };
    const b = { values: random("large", [...of.b, 40, 19]), shape: [...of.b, 40, 19] };
    const before = wasm.tf.memory();
    const actual = multiply(wasm.tf, { a, b, transposeA: false, transposeB: true });
    expect(wasm.tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    const expected = await onReference((tf) => multiply(tf, { a, b, transposeA: false, transposeB: true }));
    expect(actual.shape).toEqual(expected.shape);
    expectClose(actual.values, expected.values);
    const single = multiply(wasm.tf, {
      a: { values: a.values.slice(0, 3 * 19), shape: [3, 19] },
      b: { values: b.values.slice(0, 40 * 19), shape: [40, 19] },
      transposeA: false,
      transposeB: true,
    });
    expect(actual.values.slice(0, 3 * 40)).toEqual(single.values);
  },
);

test("a reshaped right operand is not mistaken for its earlier shape", () => {
  const { tf } = wasm;
  const values = tf.tidy(() => {
    const right = tf.tensor2d(random("reshaped", [6, 4]), [6, 4]);
    const first = tf.matMul(tf.ones([2, 6]), right);
    const second = tf.matMul(tf.ones([2, 4]), tf.reshape(right, [4, 6]));
    return [tf.sum(first).dataSync()[0], tf.sum(second).dataSync()[0]];
  });
  expect(values[0]).toBeCloseTo(values[1] as number, 4);
});

describe("_FusedMatMul", () => {
  test.each(transpositions)("adds bias and relu, transposeA %s, transposeB %s", async (transposeA, transposeB) => {
    const product = createProduct({ a: [], b: [] }, transposeA, transposeB);
    const fused = (tf: TensorFlow) =>
      tf.tidy(() => {
        const a = tf.tensor2d(product.a.values, product.a.shape as [number, number]);
        const b = tf.tensor2d(product.b.values, product.b.shape as [number, number]);
        const bias = tf.tensor1d(random("bias", [7]));
        return tf.fused.matMul({ a, b, transposeA, transposeB, bias, activation: "relu" }).dataSync<"float32">();
      });
    expectClose(fused(wasm.tf), await onReference(fused));
  });
});
