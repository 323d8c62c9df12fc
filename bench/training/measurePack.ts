import { median } from "@smoothsweep/calibration";
import { type Engine, type PackRequest, resolveEngine, trainPack } from "@smoothsweep/training";
import { modelCases } from "./models.ts";
import { createPackRequest } from "./packRequest.ts";

/** What one process measures. */
export interface PackCase {
  readonly engine: "tensorflow-gpu" | "webgpu" | "tensorflow" | "wasm" | "cpu";
  /** Name of one of `modelCases`. */
  readonly model: string;
  readonly packSize: number;
}

export interface PackMeasure {
  readonly engineText: string;
  /** Median over epochs, the first left out. */
  readonly stepMs: number;
  /** Billions of floating-point operations per second of a 1024 x 1024 x 1024 product, next to the measurement. */
  readonly productRate: number;
  /** Most memory that the process ever held. */
  readonly peakBytes: number;
}

const STEPS_PER_EPOCH = 4;
const EPOCHS_MIN = 4;
const BUDGET_MS = 4000;

/** Measured right before and after, because other programs on the machine slow everything down alike. */
async function productRate({ tf }: Engine): Promise<number> {
  const size = 1024;
  const left = tf.randomUniform([size, size]);
  const right = tf.randomUniform([size, size]);
  const times: number[] = [];
  for (let repetition = 0; repetition < 8; repetition++) {
    const startedAt = performance.now();
    const product = tf.matMul(left, right);
    // Reading one number waits for all of them, also on a GPU.
    await tf.tidy(() => tf.slice(product, [0, 0], [1, 1])).data();
    times.push(performance.now() - startedAt);
    product.dispose();
  }
  tf.dispose([left, right]);
  return (2 * size ** 3) / median(times.slice(1)) / 1e6;
}

/** Milliseconds per trial-step: the median over epochs until the budget of time is used up; the first epoch warms up. */
export async function stepTime(engine: Engine, request: PackRequest): Promise<number> {
  const enough = new AbortController();
  const startedAt = performance.now();
  const milliseconds: number[] = [];
  let failure: Error | undefined;
  const training = trainPack(engine, request, {
    onEpoch: (trialId, { epoch, examplesPerSecond }) => {
      if (trialId !== request.trials[0]?.trialId) return;
      if (epoch > 1) milliseconds.push((1000 * request.training.batchSize) / examplesPerSecond);
      if (epoch >= EPOCHS_MIN && performance.now() - startedAt > BUDGET_MS) enough.abort();
    },
    onResult: () => undefined,
    onFailure: (trialId, error) => {
      failure ??= new Error(`${trialId} failed`, { cause: error });
      enough.abort();
    },
    onProgress: () => undefined,
    signal: enough.signal,
  });
  await training.catch((error: unknown) => {
    if (!enough.signal.aborted) throw error;
  });
  if (failure) throw failure;
  return median(milliseconds);
}

/** Times one case in this process. @throws AppError when the engine or the model is not to be had */
export async function measurePack({ engine: name, model, packSize }: PackCase): Promise<PackMeasure> {
  const modelCase = modelCases.find((one) => one.name === model);
  if (modelCase === undefined) throw new Error(`no model is called ${model}`);
  const engine = await resolveEngine(name);
  const before = await productRate(engine);
  const stepMs = await stepTime(
    engine,
    createPackRequest(modelCase, { size: packSize, stepsPerEpoch: STEPS_PER_EPOCH }),
  );
  const after = await productRate(engine);
  const { version, device, threads } = engine.info;
  return {
    engineText: `${name} ${version} on ${device}, ${threads} thread`,
    stepMs,
    productRate: (before + after) / 2,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}
