import type { TensorFlow } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { type CheckResult, largestDeviation } from "./checkResult.ts";

/** Awkward sizes: no multiple of a SIMD width or a block. */
const SIZES = { count: 3, rows: 37, inner: 101, columns: 29 } as const;
/** Single precision over 101 terms; TF32 or half precision would be far outside. */
const TOLERANCE = 1e-5;

interface ProductCase {
  readonly name: string;
  readonly count: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const cases: readonly ProductCase[] = [1, SIZES.count].flatMap((count) =>
  [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => ({
      name: `matrix product${count > 1 ? " of a stack" : ""}${transposeA ? ", left transposed" : ""}${transposeB ? ", right transposed" : ""}`,
      count,
      transposeA,
      transposeB,
    })),
  ),
);

/** Entry (row, column) of matrix `index` of a row-major stack, read as its transpose where asked. */
function reader(values: Float32Array, rows: number, options: { columns: number; transposed: boolean }) {
  const { columns, transposed } = options;
  return (index: number, row: number, column: number): number => {
    const position = transposed ? column * rows + row : row * columns + column;
    return values[index * rows * columns + position] as number;
  };
}

/** The products in float64, by definition. */
function expectedProducts(left: Float32Array, right: Float32Array, product: ProductCase): Float64Array {
  const { rows, inner, columns } = SIZES;
  const a = reader(left, rows, { columns: inner, transposed: product.transposeA });
  const b = reader(right, inner, { columns, transposed: product.transposeB });
  return Float64Array.from({ length: product.count * rows * columns }, (_, position) => {
    const index = Math.floor(position / (rows * columns));
    const row = Math.floor(position / columns) % rows;
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a(index, row, k) * b(index, k, position % columns);
    return sum;
  });
}

function actualProducts(
  tf: TensorFlow,
  left: Float32Array,
  right: Float32Array,
  product: ProductCase,
): Promise<Float32Array> {
  const { rows, inner, columns } = SIZES;
  const { count, transposeA, transposeB } = product;
  const products = tf.tidy(() => {
    const a = tf.tensor3d(left, transposeA ? [count, inner, rows] : [count, rows, inner]);
    const b = tf.tensor3d(right, transposeB ? [count, columns, inner] : [count, inner, columns]);
    return tf.matMul(a, b, transposeA, transposeB);
  });
  return readTensor(products);
}

/** Matrix products, plain, transposed and in stacks, against float64. */
export async function checkMatrixProducts(tf: TensorFlow): Promise<CheckResult[]> {
  const checks = cases.map(async (product) => {
    const random = randomStream(7, `self-test/${product.name}`);
    const left = uniformValues(random, product.count * SIZES.rows * SIZES.inner, 1);
    const right = uniformValues(random, product.count * SIZES.inner * SIZES.columns, 1);
    const actual = await actualProducts(tf, left, right, product);
    const deviation = largestDeviation(actual, expectedProducts(left, right, product));
    return { name: product.name, deviation, tolerance: TOLERANCE };
  });
  return Promise.all(checks);
}
