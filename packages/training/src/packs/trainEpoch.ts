import type { Tensor } from "@tensorflow/tfjs-core";
import { learningRateAt } from "../optimizers/learningRateAt.ts";
import { permutation } from "../randomness/permutation.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { batchRows } from "./batchRows.ts";
import type { PackRun } from "./packRun.ts";
import { batchTargets } from "./targetTables.ts";
import { type StepResult, trainStep } from "./trainStep.ts";

/** What training one epoch tells, besides the new state. */
export interface TrainedEpoch {
  /** Mean training loss per trial over the epoch's rows, in the order of the pack axis; nats. */
  readonly trainLosses: number[];
  /** Rate of the epoch's last step. */
  readonly learningRate: number;
  readonly seconds: number;
}

/** Batches of an epoch; the last one may be shorter. */
function stepsPerEpoch(rowCount: number, batchSize: number): number {
  return Math.ceil(rowCount / batchSize);
}

function runStep(run: PackRun, rows: Uint32Array, learningRate: number): StepResult {
  const { data, training } = run.request;
  const batch = batchRows(data.train, rows, data.featureCount);
  const tables = run.trials.map(({ table }) => table);
  return trainStep(run.engine.tf, run.state, {
    model: run.model,
    inputs: batch.inputs,
    targets: batchTargets(tables, batch.labels, data.classCount),
    sizes: { copies: tables.length, rows: rows.length, classCount: data.classCount },
    training,
    learningRate,
  });
}

/**
 * Trains all trials of the pack for one epoch, on the same batches: a new permutation of all training rows, which is a
 * function of the seed and the epoch alone.
 * @throws AppError `aborted`
 */
export async function trainEpoch(run: PackRun, epoch: number): Promise<TrainedEpoch> {
  const { tf } = run.engine;
  const { data, training, seed } = run.request;
  const startedAt = performance.now();
  const rowCount = data.train.labels.length;
  const order = permutation(randomStream(seed, `order/${epoch}`), rowCount);
  const stepCount = training.epochs * stepsPerEpoch(rowCount, training.batchSize);
  let learningRate = 0;
  let lossSums: Tensor = tf.zeros([run.trials.length]);
  try {
    for (let start = 0; start < rowCount; start += training.batchSize) {
      learningRate = learningRateAt(training, run.step, stepCount);
      const result = runStep(run, order.subarray(start, start + training.batchSize), learningRate);
      run.state = result.state;
      run.step += 1;
      const summed = tf.add(lossSums, result.lossSums);
      tf.dispose([lossSums, result.lossSums]);
      lossSums = summed;
      await run.pacemaker.pause();
    }
    const trainLosses = Array.from(lossSums.dataSync(), (sum) => sum / rowCount);
    return { trainLosses, learningRate, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    lossSums.dispose();
  }
}
