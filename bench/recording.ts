import { buildTargetPlan } from "@smoothsweep/smoothing";
import { type Engine, type PackRequest, resolveEngine, trainPack } from "@smoothsweep/training";
import { probeEngines } from "@smoothsweep/training/installation";

/*
 * What recording costs, as a share of training, on the shape of the standard sweep (10,000 training rows, 2,000 validation
 * rows, MLP 784-256-10, batches of 128):
 *
 *   npm run bench -- recording
 *
 * An epoch is training, the products of a forward pass over the validation rows, and recording: what the pass costs
 * beyond its products, metrics, norms, reports. The products are timed beside the training that they are compared with.
 */
const FEATURES = 784;
const WIDTH = 256;
const CLASSES = 10;
const TRAIN_ROWS = 10_000;
const VALIDATION_ROWS = 2_000;
const CHUNK = 500;
const EPOCHS = 4;
const PACK_SIZES = [4];

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function syntheticSplit(rows: number) {
  const inputs = Float32Array.from({ length: rows * FEATURES }, (_, index) => ((index * 2654435761) % 256) / 256);
  return { inputs, labels: Int32Array.from({ length: rows }, (_, row) => row % CLASSES) };
}

function createRequest(packSize: number): PackRequest {
  const smoothing = { convention: "uniform", epsilon: 0.1 } as const;
  const plan = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: CLASSES });
  return {
    model: { kind: "mlp", hidden: [WIDTH], activation: "relu" },
    training: {
      epochs: EPOCHS,
      batchSize: 128,
      optimizer: { kind: "sgd", learningRate: 0.01, momentum: 0.9 },
      schedule: "cosine",
    },
    seed: 1,
    trials: Array.from({ length: packSize }, (_, index) => ({ trialId: `trial-${index}`, plan })),
    data: {
      train: syntheticSplit(TRAIN_ROWS),
      validation: syntheticSplit(VALIDATION_ROWS),
      test: syntheticSplit(16),
      classCount: CLASSES,
      featureCount: FEATURES,
      inputShape: { kind: "vector", features: FEATURES },
    },
  };
}

/** Milliseconds of the products of a forward pass over the validation rows, for all copies. */
function forwardMilliseconds({ tf }: Engine, copies: number): number {
  const inputs = tf.randomUniform([CHUNK, FEATURES]);
  const weights = tf.randomUniform([copies * WIDTH, FEATURES]);
  const last = tf.randomUniform([copies, CLASSES, WIDTH]);
  const work = () => {
    const startedAt = performance.now();
    for (let row = 0; row < VALIDATION_ROWS; row += CHUNK) {
      tf.tidy(() => {
        const hidden = tf.reshape(tf.matMul(weights, inputs, false, true), [copies, WIDTH, CHUNK]);
        tf.matMul(last, hidden).dataSync();
      });
    }
    return performance.now() - startedAt;
  };
  work();
  const milliseconds = median(Array.from({ length: 7 }, work));
  tf.dispose([inputs, weights, last]);
  return milliseconds;
}

/** Medians over epochs but the first, in milliseconds. */
async function epochTimes(engine: Engine, packSize: number): Promise<{ training: number; whole: number }> {
  const told: { epoch: number; at: number; training: number }[] = [];
  await trainPack(engine, createRequest(packSize), {
    onEpoch: (_, { epoch, examplesPerSecond }) => {
      const training = (1000 * packSize * TRAIN_ROWS) / examplesPerSecond;
      told[epoch] = { epoch, at: performance.now(), training };
    },
    onResult: () => undefined,
    onFailure: (trialId, error) => {
      throw new Error(`${trialId} failed`, { cause: error });
    },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  const later = told.filter(({ epoch }) => epoch > 1);
  return {
    training: median(later.map(({ training }) => training)),
    whole: median(later.map(({ epoch, at }) => at - (told[epoch - 1]?.at ?? Number.NaN))),
  };
}

export async function run(): Promise<void> {
  const names = probeEngines().flatMap(({ name, installed }) => (installed && name !== "cpu" ? [name] : []));
  for (const name of names) {
    const engine = await resolveEngine(name).catch((error: unknown) => void console.log(`\n${name}: ${error}`));
    if (!engine) continue;
    console.log(`\n${name}: ms an epoch and trial; shares of training`);
    console.log("pack   training    forward  recording   forward %   recording %     both %");
    for (const packSize of PACK_SIZES) {
      const forward = forwardMilliseconds(engine, packSize);
      const { training, whole } = await epochTimes(engine, packSize);
      const recording = whole - training - forward;
      const figures = [training, forward, recording].map((ms) => (ms / packSize).toFixed(2).padStart(10));
      const shares = [forward, recording, whole - training].map((ms) =>
        `${((100 * ms) / training).toFixed(1)} %`.padStart(11),
      );
      console.log([String(packSize).padStart(4), ...figures, ...shares].join(" "));
    }
    engine.dispose();
  }
}
