import { buildTargetPlan } from "@smoothsweep/smoothing";
import { type Engine, type PackRequest, resolveEngine, type TensorFlow, trainPack } from "@smoothsweep/training";
import { probeEngines } from "@smoothsweep/training/installation";
// Registers the plain kernels that ours are compared with.
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/*
 * How fast each available engine trains, as a ratio to the rate at which it multiplies matrices:
 *
 *   npm run bench -- training
 *
 * A trial-step is one batch of one trial: forward, backward, update. Its floor is the time that its multiplications
 * would take at the engine's own best rate, measured in the same run.
 */
const FEATURES = 784;
const CLASSES = 10;
const BATCH = 128;
const STEPS_PER_EPOCH = 20;
const EPOCHS = 4;
const WIDTHS = [128, 256];
const PACK_SIZES = [1, 4, 8, 16];

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function millisecondsOf(work: () => void, repetitions = 30): number {
  for (let warmUp = 0; warmUp < 5; warmUp++) work();
  return median(
    Array.from({ length: repetitions }, () => {
      const startedAt = performance.now();
      work();
      return performance.now() - startedAt;
    }),
  );
}

/** Billions of floating-point operations per second of a 512 x 512 x 512 product. */
function productRate({ tf }: Engine): number {
  const left = tf.randomUniform([512, 512]);
  const right = tf.randomUniform([512, 512]);
  const milliseconds = millisecondsOf(() => tf.tidy(() => void tf.matMul(left, right).dataSync()));
  tf.dispose([left, right]);
  return (2 * 512 ** 3) / milliseconds / 1e6;
}

function syntheticSplit(rows: number) {
  const inputs = Float32Array.from({ length: rows * FEATURES }, (_, index) => ((index * 2654435761) % 256) / 256);
  return { inputs, labels: Int32Array.from({ length: rows }, (_, row) => row % CLASSES) };
}

function createRequest(width: number, packSize: number): PackRequest {
  const trials = Array.from({ length: packSize }, (_, index) => {
    const smoothing = { convention: "uniform", epsilon: index / 100 } as const;
    const plan = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: CLASSES });
    return { trialId: `trial-${index}`, plan };
  });
  return {
    model: { kind: "mlp", hidden: [width], activation: "relu" },
    training: {
      epochs: EPOCHS,
      batchSize: BATCH,
      optimizer: { kind: "sgd", learningRate: 0.01, momentum: 0.9 },
      schedule: "cosine",
    },
    seed: 1,
    trials,
    data: {
      train: syntheticSplit(BATCH * STEPS_PER_EPOCH),
      validation: syntheticSplit(16),
      test: syntheticSplit(16),
      classCount: CLASSES,
      featureCount: FEATURES,
      inputShape: { kind: "vector", features: FEATURES },
    },
  };
}

/** Milliseconds per trial-step, the median over epochs; the first epoch warms up. */
async function stepTime(engine: Engine, request: PackRequest): Promise<number> {
  const milliseconds: number[] = [];
  await trainPack(engine, request, {
    onEpoch: (_, { epoch, examplesPerSecond }) => {
      if (epoch > 1) milliseconds.push((1000 * BATCH) / examplesPerSecond);
    },
    onResult: () => undefined,
    onFailure: (trialId, error) => {
      throw new Error(`${trialId} failed`, { cause: error });
    },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  return median(milliseconds);
}

async function benchEngine(engine: Engine): Promise<void> {
  const rate = productRate(engine);
  const { name, version, device, threads } = engine.info;
  console.log(`\n${name} ${version} on ${device}, ${threads} thread: ${rate.toFixed(1)} GFLOPS in a 512^3 product`);
  console.log("model         pack   ms/trial-step   floor ms   share of floor");
  for (const width of WIDTHS) {
    const operations = 2 * BATCH * (2 * FEATURES * width + 3 * width * CLASSES);
    for (const packSize of PACK_SIZES) {
      // Next to the measurement that it is compared with: other programs on the machine slow both down alike.
      const floor = operations / productRate(engine) / 1e6;
      const measured = await stepTime(engine, createRequest(width, packSize));
      const model = `${FEATURES}-${width}-${CLASSES}`;
      const share = `${Math.round((100 * floor) / measured)} %`;
      console.log(
        [
          model.padEnd(13),
          String(packSize).padStart(4),
          measured.toFixed(3).padStart(15),
          floor.toFixed(3).padStart(10),
          share.padStart(16),
        ].join(" "),
      );
    }
  }
}

/** What a step costs with each optimiser, loss and regulariser, as a ratio to plain momentum and cross entropy. */
async function benchFeatures(engine: Engine): Promise<void> {
  const plain = createRequest(256, 4);
  const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, stability: 1e-8 };
  const features: Record<string, Partial<PackRequest["training"]>> = {
    adam: { optimizer: { kind: "adam", ...adam } },
    "weight decay": { weightDecay: 1e-4 },
    clipping: { gradientNormMax: 1 },
    "dropout 0.2": { dropout: 0.2 },
    focal: { loss: { kind: "focal", gamma: 2 } },
    "confidence penalty": { loss: { kind: "confidence-penalty", beta: 0.1 } },
    "margin smoothing": { loss: { kind: "margin-label-smoothing", margin: 6, weight: 0.1 } },
    "max suppression": { loss: { kind: "max-suppression" } },
    "squared error": { loss: { kind: "squared-error", output: "softmax" } },
  };
  console.log(`\n${engine.info.name}, ${FEATURES}-256-${CLASSES} in a pack of 4: ms per trial-step, times plain`);
  for (const [name, changes] of Object.entries(features)) {
    // Next to the measurement that it is compared with, as above.
    const reference = await stepTime(engine, plain);
    const measured = await stepTime(engine, { ...plain, training: { ...plain.training, ...changes } });
    console.log(
      `${name.padEnd(20)} ${measured.toFixed(3).padStart(8)} ${(measured / reference).toFixed(2).padStart(6)}`,
    );
  }
}

type KernelFunction = ReturnType<TensorFlow["getKernel"]>["kernelFunc"];

/** Our wasm kernels against tfjs's own, on the product of a step's weight gradient. */
async function benchWasmKernels(): Promise<void> {
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

export async function run(): Promise<void> {
  await benchWasmKernels();
  for (const { name, installed } of probeEngines()) {
    // cpu is the reference: a step takes a second and tells nothing.
    if (!installed || name === "cpu") continue;
    const engine = await resolveEngine(name);
    await benchEngine(engine);
    await benchFeatures(engine);
    engine.dispose();
  }
}
