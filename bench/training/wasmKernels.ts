import { median } from "@smoothsweep/calibration";
import { resolveEngine, type TensorFlow } from "@smoothsweep/training";
// Registers the plain kernels that ours are compared with.
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/** Median of a few runs, the first left out. */
function millisecondsOf(work: () => void, repetitions: number): number {
  work();
  const times = Array.from({ length: repetitions }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return median(times);
}

type KernelFunction = ReturnType<TensorFlow["getKernel"]>["kernelFunc"];
type KernelCall = Parameters<KernelFunction>[0];
type MadeTensor = Parameters<ReturnType<TensorFlow["engine"]>["makeTensorFromTensorInfo"]>[0];

/** A kernel of ours with a call as training makes it. */
interface KernelCase {
  readonly name: string;
  readonly sizes: string;
  readonly inputs: () => KernelCall["inputs"];
  readonly attrs: NonNullable<KernelCall["attrs"]>;
}

const convolution = { strides: 1, pad: "same", dataFormat: "NHWC" };
const images = [128, 14, 14, 16];
const filters = [3, 3, 16, 32];
const outputs = [128, 14, 14, 32];

const cases: readonly KernelCase[] = [
  {
    name: "BatchMatMul",
    sizes: "4 x (128x784 by 784x128 transposed)",
    inputs: () => ({ a: tf.randomUniform([4, 128, 784]), b: tf.randomUniform([4, 128, 784]) }),
    attrs: { transposeA: false, transposeB: true },
  },
  {
    name: "Conv2DBackpropInput",
    sizes: "128 x 14x14x16, 3x3, 32 channels",
    inputs: () => ({ dy: tf.randomUniform(outputs), filter: tf.randomUniform(filters) }),
    attrs: { ...convolution, inputShape: images },
  },
  {
    name: "Conv2DBackpropFilter",
    sizes: "128 x 14x14x16, 3x3, 32 channels",
    inputs: () => ({ x: tf.randomUniform(images), dy: tf.randomUniform(outputs) }),
    attrs: { ...convolution, filterShape: filters },
  },
  {
    name: "MaxPoolGrad",
    sizes: "128 x 28x28x16, 2x2",
    inputs: () => {
      const input = tf.randomUniform<tf.Rank.R4>([128, 28, 28, 16]);
      const output = tf.maxPool(input, 2, 2, "valid");
      return { input, output, dy: tf.randomUniform(output.shape) };
    },
    attrs: { filterSize: 2, strides: 2, pad: "valid" },
  },
];

function timeOf(kernel: KernelFunction, { attrs }: KernelCase, inputs: KernelCall["inputs"]): number {
  return millisecondsOf(() => {
    const output = kernel({ inputs, attrs, backend: tf.backend() });
    tf.engine()
      .makeTensorFromTensorInfo(output as MadeTensor)
      .dispose();
  }, 5);
}

/** Our wasm kernels against tfjs's own, where it has one. */
export async function benchWasmKernels(): Promise<void> {
  // Undefined for a kernel that tfjs's backend lacks, whatever the type says.
  const kernelOf = ({ name }: KernelCase): KernelFunction | undefined => tf.getKernel(name, "wasm")?.kernelFunc;
  const originals = cases.map(kernelOf);
  const engine = await resolveEngine("wasm");
  console.log("");
  for (const [index, kernelCase] of cases.entries()) {
    const inputs = kernelCase.inputs();
    const own = timeOf(kernelOf(kernelCase) as KernelFunction, kernelCase, inputs);
    const original = originals[index];
    const slow = original && timeOf(original, kernelCase, inputs);
    const compared = slow
      ? `tfjs ${slow.toFixed(1)} ms: ${(slow / own).toFixed(0)} times as fast`
      : "tfjs has no such kernel";
    console.log(`wasm kernel ${kernelCase.name}, ${kernelCase.sizes}: ours ${own.toFixed(2)} ms, ${compared}`);
    tf.dispose(Object.values(inputs) as tf.Tensor[]);
  }
  engine.dispose();
}
