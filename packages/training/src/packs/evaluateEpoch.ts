import { headlineMetrics } from "@smoothsweep/calibration";
import type { SplitMetrics } from "@smoothsweep/contracts";
import type { EpochLosses } from "./epochLosses.ts";
import { type ActiveTrial, failDiverged, type PackRun } from "./packRun.ts";
import { type WeightNorms, weightNorms } from "./packState.ts";
import type { Split } from "./packTypes.ts";
import { meanRowNorm, type PredictedRows, predictedRows } from "./predictedRows.ts";
import { predictSplit } from "./predictSplit.ts";
import type { TrainedEpoch } from "./trainEpoch.ts";

/** A trial after an epoch that it survived. */
export interface EvaluatedTrial {
  readonly trial: ActiveTrial;
  readonly losses: EpochLosses;
  /** Of the validation rows. */
  readonly rows: PredictedRows;
  readonly validation: SplitMetrics;
}

/** Metrics of predictions against the original hard labels (law 4). */
export function splitMetrics(rows: PredictedRows, split: Split, classCount: number): SplitMetrics {
  const { logits, modelLogits } = rows;
  const { accuracy, nll, brier, ece, signedGap, meanLogitNorm } = headlineMetrics({
    logits,
    labels: split.labels,
    classCount,
  });
  const logitNorm = modelLogits === logits ? meanLogitNorm : meanRowNorm(modelLogits, classCount);
  return { accuracy, nll, brier, ece, signedGap, logitNorm };
}

/**
 * Logits that every trial predicts with for a split, in the order of the pack axis: see `predictionLogits`.
 * @throws what the engine throws
 */
export async function predictTrials(run: PackRun, split: Split): Promise<PredictedRows[]> {
  const { classCount, featureCount } = run.request.data;
  const { model, state, pacemaker } = run;
  const logits = await predictSplit(run.engine, { model, state, classCount }, { split, featureCount, pacemaker });
  return run.trials.map((trial, position) => predictedRows(trial, logits[position] as Float32Array));
}

/** Positions whose loss, parameters or logits are no longer finite. relu hides a NaN weight, so logits do not suffice. */
function divergedPositions(told: { losses: EpochLosses[]; norms: WeightNorms; rows: PredictedRows[] }): Set<number> {
  const { losses, norms, rows } = told;
  const staysFinite = (position: number) =>
    Number.isFinite(losses[position]?.trainLoss) &&
    Number.isFinite(norms.all[position]) &&
    (rows[position] as PredictedRows).modelLogits.every(Number.isFinite);
  return new Set(losses.map((_, position) => position).filter((position) => !staysFinite(position)));
}

/** What an epoch tells of a trial's logits and weights, besides its metrics. */
function recordedNumbers(
  { losses, rows, validation }: EvaluatedTrial,
  told: { position: number; norms: WeightNorms; trained: TrainedEpoch },
) {
  const { position, norms, trained } = told;
  return {
    ...losses,
    validation,
    learningRate: trained.learningRates[position] as number,
    largestLogit: rows.modelLogits.reduce((a, b) => Math.max(a, b), -Infinity),
    weightNorm: norms.all[position] as number,
    lastLayerNorm: norms.lastLayer[position] as number,
    gradientNorm: trained.gradientNorms[position] as number,
    confidence: validation.accuracy + validation.signedGap,
  };
}

/** Evaluates every trial on validation rows, reports the epoch, and ends those that diverged. */
export async function evaluateEpoch(run: PackRun, epoch: number, trained: TrainedEpoch): Promise<EvaluatedTrial[]> {
  const { data } = run.request;
  const predicted = await predictTrials(run, data.validation);
  const norms = await weightNorms(run.engine.tf, run.model, run.state);
  const diverged = divergedPositions({ losses: trained.losses, norms, rows: predicted });
  const examplesPerSecond = data.train.labels.length / (trained.seconds / run.trials.length);
  const evaluated: EvaluatedTrial[] = [];
  for (const [position, trial] of run.trials.entries()) {
    if (diverged.has(position)) continue;
    const rows = predicted[position] as PredictedRows;
    const validation = splitMetrics(rows, data.validation, data.classCount);
    const survivor = { trial, losses: trained.losses[position] as EpochLosses, rows, validation };
    evaluated.push(survivor);
    const numbers = recordedNumbers(survivor, { position, norms, trained });
    run.hooks.onEpoch(trial.trialId, { epoch, ...numbers, examplesPerSecond });
  }
  failDiverged(run, diverged, epoch);
  return evaluated;
}
