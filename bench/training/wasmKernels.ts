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

/** Our wasm kernels against tfjs's own, on the product of a step's weight gradient. */
export async function benchWasmKernels(): Promise<void> {
  const original = tf.getKernel("BatchMatMul", "wasm").kernelFunc;
  const engine = await resolveEngine("wasm");
  const replaced = tf.getKernel("BatchMatMul", "wasm").kernelFunc;
  const left = tf.randomUniform([4, 128, 784]);
  const right = tf.randomUniform([4, 128, 784]);
  const time = (kernel: KernelFunction) =>
    millisecondsOf(() => {
      const output = kernel({
        inputs: { a: left, b: right },
        attrs: { transposeA: false, transposeB: true },
        backend: tf.backend(),
      });
      tf.engine()
        .makeTensorFromTensorInfo(output as Parameters<ReturnType<TensorFlow["engine"]>["makeTensorFromTensorInfo"]>[0])
        .dispose();
    }, 5);
  const own = time(replaced);
  const slow = time(original);
  console.log("\nwasm kernel BatchMatMul, 4 x (128x784 by 784x128 transposed)");
  console.log(`tfjs ${slow.toFixed(1)} ms, ours ${own.toFixed(2)} ms: ${(slow / own).toFixed(0)} times as fast`);
  engine.dispose();
}
