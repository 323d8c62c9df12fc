import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../src/engines/engine.ts";

/** One operation of TensorFlow.js as training calls it. */
export interface OperationCase {
  /** Name in the TensorFlow.js namespace. */
  readonly operation: string;
  /** What is special about this call, where an operation has several. */
  readonly form?: string;
  /** Shapes of the operands. */
  readonly shapes: readonly (readonly number[])[];
  /** What the operands' values may be: any sign, or from 0.2 to 1.8. */
  readonly values?: "any" | "positive";
  readonly run: (tf: TensorFlow, operands: readonly Tensor[]) => Tensor;
}

type Run = OperationCase["run"];

function one(operation: string, run: (tf: TensorFlow, operand: Tensor) => Tensor, rest: Partial<OperationCase> = {}) {
  const wrapped: Run = (tf, [operand]) => run(tf, operand as Tensor);
  return { operation, shapes: [[2, 3, 5]], run: wrapped, ...rest };
}

function two(
  operation: string,
  run: (tf: TensorFlow, left: Tensor, right: Tensor) => Tensor,
  rest: Partial<OperationCase> = {},
) {
  const wrapped: Run = (tf, [left, right]) => run(tf, left as Tensor, right as Tensor);
  const shapes = [
    [2, 3, 5],
    [2, 3, 5],
  ];
  return { operation, shapes, run: wrapped, ...rest };
}

const broadcast = {
  form: "of a row and a column",
  shapes: [
    [2, 1, 5],
    [3, 1],
  ],
} as const;
const filters = [3, 3, 3, 4];
const convolution = { shapes: [[2, 7, 5, 3], filters] } as const;
const positive = { values: "positive" } as const;
const indices = [2, 0, 1, 1];
const stack = { shapes: [[2, 3, 5]] } as const;
const rankFour = { form: "of four axes", shapes: [[2, 3, 4, 5]] } as const;

function whole(tf: TensorFlow, operand: Tensor): Tensor {
  return tf.cast(tf.mul(operand, 3), "int32");
}

function kernel(tf: TensorFlow, name: string, inputs: Record<string, Tensor>, attributes: object): Tensor {
  return tf.engine().runKernel(name, inputs, attributes as Record<string, number>) as Tensor;
}

/** Derivative of a convolution with respect to its 3 x 3 filters. */
function filterGradient(stride: number): Run {
  const attributes = { strides: stride, pad: "same", dataFormat: "NHWC", filterShape: filters };
  return (tf, [x, dy]) => kernel(tf, "Conv2DBackpropFilter", { x: x as Tensor, dy: dy as Tensor }, attributes);
}

/** Kernels that have no function in the namespace. */
const kernelCases: readonly OperationCase[] = [
  {
    operation: "Conv2DBackpropFilter",
    shapes: [
      [2, 7, 5, 3],
      [2, 7, 5, 4],
    ],
    run: filterGradient(1),
  },
  {
    operation: "Conv2DBackpropFilter",
    form: "with stride 2",
    shapes: [
      [2, 7, 5, 3],
      [2, 4, 3, 4],
    ],
    run: filterGradient(2),
  },
  {
    operation: "MaxPoolGrad",
    shapes: [
      [2, 7, 4, 3],
      [2, 3, 2, 3],
    ],
    run: (tf, [input, dy]) => {
      const output = tf.maxPool(input as Tensor4D, 2, 2, "valid");
      const inputs = { dy: dy as Tensor, input: input as Tensor, output };
      return kernel(tf, "MaxPoolGrad", inputs, { filterSize: 2, strides: 2, pad: "valid" });
    },
  },
];

/**
 * Every operation that training uses, forward and backward: derivatives are written out of the same operations, the
 * gradient tape of TensorFlow.js is not used. A new operation in the sources wants a line here: the suite names those
 * that have none.
 */
export const operationCases: readonly OperationCase[] = [
  ...kernelCases,
  one("abs", (tf, a) => tf.abs(a)),
  two("add", (tf, a, b) => tf.add(a, b)),
  two("add", (tf, a, b) => tf.add(a, b), broadcast),
  two("addN", (tf, a, b) => tf.addN([a, b, a])),
  {
    operation: "addN",
    form: "of more tensors than a shader has buffers",
    shapes: Array.from({ length: 40 }, () => [2, 3]),
    run: (tf, operands) => tf.addN([...operands]),
  },
  one("argMax", (tf, a) => tf.cast(tf.argMax(a, -1), "float32")),
  one("cast", (tf, a) => tf.cast(whole(tf, a), "float32")),
  one("clone", (tf, a) => tf.clone(a)),
  two("concat", (tf, a, b) => tf.concat([a, b], 0)),
  two("conv2d", (tf, a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, 1, "same"), convolution),
  two("conv2d", (tf, a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, 2, "same"), {
    ...convolution,
    form: "with stride 2",
  }),
  two("conv2dTranspose", (tf, a, b) => tf.conv2dTranspose(a as Tensor4D, b as Tensor4D, [2, 7, 5, 3], 1, "same"), {
    shapes: [[2, 7, 5, 4], filters],
  }),
  two("conv2dTranspose", (tf, a, b) => tf.conv2dTranspose(a as Tensor4D, b as Tensor4D, [2, 7, 5, 3], 2, "same"), {
    form: "with stride 2",
    shapes: [[2, 4, 3, 4], filters],
  }),
  two("div", (tf, a, b) => tf.div(a, b), positive),
  two("div", (tf, a, b) => tf.div(a, b), { ...broadcast, ...positive }),
  one("exp", (tf, a) => tf.exp(a)),
  one("expandDims", (tf, a) => tf.expandDims(a, 1)),
  one("expm1", (tf, a) => tf.expm1(a)),
  one("fill", (tf, a) => tf.mul(a, tf.fill([1, 1, 1], 0.3))),
  one("gather", (tf, a) => tf.gather(a, tf.tensor1d(indices, "int32")), { shapes: [[3, 4]] }),
  one("gather", (tf, a) => tf.gather(a, tf.tensor1d(indices, "int32"), 1), { form: "of columns", shapes: [[2, 3]] }),
  one("gather", (tf, a) => tf.gather(a, tf.tensor1d([1, 0], "int32")), { form: "of copies", ...stack }),
  one("gather", (tf, a) => tf.gather(a, tf.tensor1d(indices, "int32"), 1), { form: "of rows in a stack", ...stack }),
  one("gather", (tf, a) => tf.gather(a, tf.tensor3d([...indices, 0, 2], [1, 3, 2], "int32")), {
    form: "from a table by a stack of places",
    shapes: [[3]],
  }),
  one(
    "gatherND",
    (tf, a) =>
      tf.gatherND(
        a,
        tf.tensor2d(
          [
            [1, 2],
            [0, 0],
            [2, 3],
          ],
          [3, 2],
          "int32",
        ),
      ),
    { shapes: [[3, 4]] },
  ),
  one("log", (tf, a) => tf.log(a), positive),
  one("log1p", (tf, a) => tf.log1p(a), positive),
  two("matMul", (tf, a, b) => tf.matMul(a, b), {
    shapes: [
      [5, 7],
      [7, 3],
    ],
  }),
  two("matMul", (tf, a, b) => tf.matMul(a, b, true, false), {
    form: "of a transposed stack",
    shapes: [
      [2, 7, 5],
      [2, 7, 3],
    ],
  }),
  two("matMul", (tf, a, b) => tf.matMul(a, b, false, true), {
    form: "by a transposed stack",
    shapes: [
      [2, 5, 7],
      [2, 3, 7],
    ],
  }),
  two("matMul", (tf, a, b) => tf.matMul(a, b, true, false), {
    form: "of one transposed matrix by a stack",
    shapes: [
      [1, 7, 5],
      [2, 7, 3],
    ],
  }),
  two("matMul", (tf, a, b) => tf.matMul(a, b), {
    form: "of one matrix by a stack",
    shapes: [
      [1, 5, 7],
      [2, 7, 3],
    ],
  }),
  two("matMul", (tf, a, b) => tf.matMul(a, b, false, true), {
    form: "by a transposed stack of four axes",
    shapes: [
      [2, 2, 5, 7],
      [2, 2, 3, 7],
    ],
  }),
  one("max", (tf, a) => tf.max(a, -1, true)),
  one("maxPool", (tf, a) => tf.maxPool(a as Tensor4D, 2, 2, "valid"), { shapes: [[2, 7, 4, 3]] }),
  two("maximum", (tf, a, b) => tf.maximum(a, b)),
  one("maximum", (tf, a) => tf.cast(tf.maximum(whole(tf, a), tf.scalar(1, "int32")), "float32"), {
    form: "of whole numbers and one",
  }),
  one("mean", (tf, a) => tf.mean(a, -1, true)),
  one("mean", (tf, a) => tf.mean(a, 1), { form: "of a middle axis" }),
  two("minimum", (tf, a, b) => tf.minimum(a, b)),
  one("minimum", (tf, a) => tf.cast(tf.minimum(whole(tf, a), tf.scalar(1, "int32")), "float32"), {
    form: "of whole numbers and one",
  }),
  two("mul", (tf, a, b) => tf.mul(a, b)),
  two("mul", (tf, a, b) => tf.mul(a, b), broadcast),
  one("neg", (tf, a) => tf.neg(a)),
  one("notEqual", (tf, a) => tf.cast(tf.notEqual(a, tf.mul(a, tf.step(a))), "float32")),
  one("notEqual", (tf, a) => tf.cast(tf.notEqual(whole(tf, a), tf.scalar(0, "int32")), "float32"), {
    form: "of whole numbers and one",
  }),
  one("onesLike", (tf, a) => tf.add(a, tf.onesLike(a))),
  one("oneHot", (tf) => tf.cast(tf.oneHot(tf.tensor1d(indices, "int32"), 4, 1, 0, "int32"), "float32")),
  one("pow", (tf, a) => tf.pow(a, 2.5), positive),
  one("range", (tf, a) => tf.add(a, tf.cast(tf.range(0, 10, 2, "int32"), "float32"))),
  one("relu", (tf, a) => tf.relu(a)),
  one("reshape", (tf, a) => tf.reshape(a, [6, 5])),
  one("rsqrt", (tf, a) => tf.rsqrt(a), positive),
  one("scalar", (tf, a) => tf.mul(a, tf.scalar(3))),
  one("scatterND", (tf, a) => tf.scatterND(tf.tensor2d(indices, [4, 1], "int32"), a, [3, 5]), { shapes: [[4, 5]] }),
  one("sigmoid", (tf, a) => tf.sigmoid(tf.mul(a, 5))),
  one("sign", (tf, a) => tf.sign(a)),
  one("slice", (tf, a) => tf.slice(a, [1, 0, 0], [1, 3, 5])),
  one("slice", (tf, a) => tf.slice(a, [1, 0, 0, 0], [1, 3, 4, 5]), rankFour),
  one("softmax", (tf, a) => tf.softmax(a)),
  one("softmax", (tf, a) => tf.softmax(a), rankFour),
  one("sqrt", (tf, a) => tf.sqrt(a), positive),
  one("square", (tf, a) => tf.square(a)),
  one("squeeze", (tf, a) => tf.squeeze(a, [1]), { shapes: [[2, 1, 5]] }),
  one("step", (tf, a) => tf.step(a)),
  two("sub", (tf, a, b) => tf.sub(a, b)),
  two("sub", (tf, a, b) => tf.sub(a, b), broadcast),
  two("sub", (tf, a, b) => tf.sub(a, b), {
    form: "of every pair in a row",
    shapes: [
      [1, 3, 1, 5],
      [1, 3, 5, 1],
    ],
  }),
  one("sum", (tf, a) => tf.sum(a, -1, true)),
  one("sum", (tf, a) => tf.sum(a, 1), { form: "of a middle axis" }),
  one("sum", (tf, a) => tf.sum(a, 2), { ...rankFour, form: "of a middle of four axes" }),
  one("sum", (tf, a) => tf.sum(a, 3), { ...rankFour, form: "of the last of four axes" }),
  one("tile", (tf, a) => tf.tile(a, [2, 1, 1])),
  one("tile", (tf, a) => tf.tile(a, [1, 4, 1]), { form: "of a middle axis", shapes: [[2, 1, 5]] }),
  one("transpose", (tf, a) => tf.transpose(a, [0, 2, 1])),
  one("transpose", (tf, a) => tf.transpose(a, [0, 2, 1, 3]), rankFour),
  one("zeros", (tf, a) => tf.add(a, tf.zeros([3, 5]))),
];

/** What of the namespace is no operation on numbers. */
export const infrastructure: ReadonlySet<string> = new Set([
  "backend",
  "backend_util.computeConv2DInfo",
  "backend_util.convertConv2DDataFormat",
  "dispose",
  "engine",
  "env",
  "findBackend",
  "findBackendFactory",
  "getBackend",
  "getKernel",
  "memory",
  "registerBackend",
  "registerKernel",
  "removeBackend",
  "setBackend",
  "tensor",
  "tensor1d",
  "tensor2d",
  "tensor3d",
  "tensor4d",
  "tidy",
  "unregisterKernel",
]);
