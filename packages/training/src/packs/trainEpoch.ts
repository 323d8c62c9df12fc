import { labelsPerRow } from "@smoothsweep/contracts";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { learningRateAt } from "../optimizers/learningRateAt.ts";
import { dropoutMask } from "../randomness/dropoutMask.ts";
import { randomStream } from "../randomness/randomStream.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import type { EpochTargets } from "../targets/targetTimeline.ts";
import { type BatchMixing, drawMixing, mixRows } from "./batchMixing.ts";
import { batchRows } from "./batchRows.ts";
import { type EpochLosses, epochLosses, meanEntropy } from "./epochLosses.ts";
import { epochRows } from "./epochRows.ts";
import { type BatchExamples, batchDivisor, createLossBatch } from "./lossBatch.ts";
import type { PackRun } from "./packRun.ts";
import { predictedRows } from "./predictedRows.ts";
import { type StepResult, trainStep } from "./trainStep.ts";

/** What training one epoch tells, besides the new state. Arrays are in the order of the pack axis. */
export interface TrainedEpoch {
  readonly losses: EpochLosses[];
  /** Euclidean norm of the whole gradient in the epoch's last batch, before clipping. */
  readonly gradientNorms: number[];
  /** Rates of the epoch's last step. */
  readonly learningRates: number[];
  readonly seconds: number;
}

/** Batches of an epoch; the last one may be shorter. */
function stepsPerEpoch(rowCount: number, batchSize: number): number {
  return Math.ceil(rowCount / batchSize);
}

/** Masks of one step, the same for all trials of the seed. */
function stepMasks({ request, model, step }: PackRun, rowCount: number): Float32Array[] {
  const rate = request.training.dropout ?? 0;
  if (rate === 0) return [];
  return model.dropoutShapes(rowCount).map(({ name, shape }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return dropoutMask(randomStream(request.seed, `dropout/${name}/${step}`), count, rate);
  });
}

/** How the rows of one step are mixed, the same for all trials of the seed; null without Mixup. */
function stepMixing({ request, step }: PackRun, rowCount: number): BatchMixing | null {
  const alpha = request.training.mixup ?? 0;
  return alpha === 0 ? null : drawMixing(randomStream(request.seed, `mixup/${step}`), alpha, rowCount);
}

/** Hands a batch's predictions to the trials whose targets depend on them. */
async function observePredictions(run: PackRun, labels: Int32Array, logits: Tensor): Promise<void> {
  const values = await readTensor(logits);
  const perCopy = values.length / run.trials.length;
  run.trials.forEach((trial, copy) => {
    const own = values.subarray(copy * perCopy, (copy + 1) * perCopy);
    if (trial.timeline.observe) trial.timeline.observe(labels, predictedRows(trial, own).logits);
  });
}

/** Numbers of the examples that rows hold, in the order of their labels. */
function examplesOf(rows: Uint32Array, perRow: number): Uint32Array {
  if (perRow === 1) return rows;
  return Uint32Array.from({ length: rows.length * perRow }, (_, place) => {
    return (rows[Math.floor(place / perRow)] as number) * perRow + (place % perRow);
  });
}

/** Takes one step: the run has its new state, predictions are handed on. */
async function runStep(
  run: PackRun,
  views: readonly EpochTargets[],
  step: { rows: Uint32Array; learningRates: readonly number[]; isLast: boolean },
): Promise<StepResult> {
  const { data } = run.request;
  const mixing = stepMixing(run, step.rows.length);
  const losses = run.trials.map(({ loss }) => loss);
  const perRow = labelsPerRow(data.inputShape);
  const { inputs, labels } = batchRows(data.train, step.rows, { featureCount: data.featureCount, perRow });
  const result = trainStep(run.engine.tf, run.state, {
    model: run.model,
    inputs: mixing ? mixRows(inputs, mixing, data.featureCount) : inputs,
    rowCount: step.rows.length,
    batch: createLossBatch(
      views,
      { labels, rows: examplesOf(step.rows, perRow) },
      { loss: losses[0] as LossSettings, classCount: data.classCount, mixing },
    ),
    losses,
    copies: run.trials.map(({ training }, copy) => {
      return { training, learningRate: step.learningRates[copy] as number };
    }),
    count: run.step + 1,
    masks: stepMasks(run, step.rows.length),
    wanted: { logits: run.trials.some(({ timeline }) => timeline.observe !== null), gradientNorm: step.isLast },
  });
  // Before anything is awaited: whatever happens then, the pack knows the tensors that it has to free.
  run.state = result.state;
  run.step += 1;
  for (const logits of result.logits) await observePredictions(run, labels, logits);
  return result;
}

/** Sums of tensors over the batches of an epoch, in single precision as the engine adds them. */
function createTotals(tf: TensorFlow) {
  let totals: Tensor[] = [];
  return {
    add(terms: readonly Tensor[]): void {
      const summed = terms.map((term, index) => tf.add(totals[index] ?? 0, term));
      tf.dispose([...totals, ...terms]);
      totals = summed;
    },
    /** The sums so far; they are freed. */
    read: () => Promise.all(totals.map(readTensor)),
    dispose: () => tf.dispose(totals),
  };
}

async function readNorms(squares: readonly Tensor[]): Promise<number[]> {
  const values = await Promise.all(squares.map(readTensor));
  return values.flatMap((copies) => Array.from(copies, Math.sqrt));
}

/** Examples of the epoch. Where each row comes once they are in the order of the data, however batches were shuffled. */
function epochExamples({ request, sampling }: PackRun, order: Uint32Array): BatchExamples {
  const { labels } = request.data.train;
  if (sampling === null) return { labels, rows: Uint32Array.from(labels, (_, row) => row) };
  return { labels: Int32Array.from(order, (row) => labels[row] as number), rows: order };
}

/** Mean H(q) of the epoch's examples; where each row comes once and targets stay, it is worked out once. */
function knownMeanEntropy(run: PackRun, view: EpochTargets, examples: BatchExamples): number {
  const known = run.sampling === null ? run.meanEntropies.get(view) : undefined;
  if (known !== undefined) return known;
  const worked = meanEntropy(view, examples);
  run.meanEntropies.set(view, worked);
  return worked;
}

/** Whether the target rows of a trial exist in batches only: they are mixed, or follow the predictions. */
function isMadeByBatch({ request }: PackRun, { targets }: EpochTargets): boolean {
  return (request.training.mixup ?? 0) > 0 || (targets.form === "dense" && targets.ranked !== null);
}

/** Means of the epoch's sums, in the order of the pack axis. */
function meanLosses(run: PackRun, views: readonly EpochTargets[], told: { order: Uint32Array; sums: Float32Array[] }) {
  const examples = epochExamples(run, told.order);
  // Cross entropy is summed apart only where it is not the loss itself.
  const [losses = [], crossEntropies = losses, entropies] = told.sums;
  return views.map((view, copy) =>
    epochLosses(view, examples.labels, {
      loss: losses[copy] as number,
      crossEntropy: crossEntropies[copy] as number,
      meanEntropy:
        entropies && isMadeByBatch(run, view)
          ? (entropies[copy] as number) / batchDivisor(view.plan, examples.labels)
          : knownMeanEntropy(run, view, examples),
    }),
  );
}

/**
 * Trains all trials of the pack for one epoch, on the same batches: see `epochRows`.
 * @throws AppError `aborted`
 */
export async function trainEpoch(run: PackRun, epoch: number): Promise<TrainedEpoch> {
  const { tf } = run.engine;
  const { training } = run.request;
  const startedAt = performance.now();
  const order = epochRows(run, epoch);
  const stepCount = training.epochs * stepsPerEpoch(order.length, training.batchSize);
  const views = run.trials.map(({ timeline }) => timeline.at(epoch));
  const totals = createTotals(tf);
  let learningRates: number[] = [];
  let gradientNorms: number[] = [];
  try {
    for (let start = 0; start < order.length; start += training.batchSize) {
      const end = start + training.batchSize;
      learningRates = run.trials.map((trial) => learningRateAt(trial.training, run.step, stepCount));
      const rows = order.subarray(start, end);
      const result = await runStep(run, views, { rows, learningRates, isLast: end >= order.length });
      totals.add(result.lossSums);
      gradientNorms = await readNorms(result.gradientSquares);
      await run.pacemaker.pause();
    }
    const losses = meanLosses(run, views, { order, sums: await totals.read() });
    return { losses, gradientNorms, learningRates, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    totals.dispose();
  }
}
