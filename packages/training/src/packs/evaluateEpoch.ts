import { evaluate } from "@smoothsweep/calibration";
import type { SplitMetrics } from "@smoothsweep/contracts";
import type { TargetPlan } from "@smoothsweep/smoothing";
import type { EpochLosses } from "./epochLosses.ts";
import { type ActiveTrial, failDiverged, type PackRun } from "./packRun.ts";
import { type WeightNorms, weightNorms } from "./packState.ts";
import type { Split } from "./packTypes.ts";
import { predictSplit } from "./predictSplit.ts";
import type { TrainedEpoch } from "./trainEpoch.ts";

/** A trial after an epoch that it survived. */
export interface EvaluatedTrial {
  readonly trial: ActiveTrial;
  readonly losses: EpochLosses;
  /** Validation rows x classes. */
  readonly logits: Float32Array;
  readonly validation: SplitMetrics;
}

/** Metrics of logits against the original hard labels (law 4). */
export function splitMetrics(logits: Float32Array, split: Split, classCount: number): SplitMetrics {
  const { accuracy, nll, brier, ece, signedGap, meanLogitNorm } = evaluate({
    logits,
    labels: split.labels,
    classCount,
  });
  return { accuracy, nll, brier, ece, signedGap, logitNorm: meanLogitNorm };
}

/** Changes a trial's logits, in place, to those that its plan predicts with: scale x z + post-hoc offset. */
function adjustLogits({ margin, postHocOffset }: TargetPlan, logits: Float32Array): void {
  if (margin === null && postHocOffset === null) return;
  const scale = margin?.scale ?? 1;
  logits.forEach((logit, position) => {
    logits[position] = scale * logit + (postHocOffset?.[position % postHocOffset.length] ?? 0);
  });
}

/**
 * Logits that every trial predicts with for a split, in the order of the pack axis. LDAM's loss models
 * softmax(scale z), so the scale belongs to the prediction; offsets and margins of training do not.
 */
export async function predictTrials(run: PackRun, split: Split): Promise<Float32Array[]> {
  const { classCount, featureCount } = run.request.data;
  const { model, state, pacemaker } = run;
  const logits = await predictSplit(run.engine, { model, state, classCount }, { split, featureCount, pacemaker });
  for (const [position, { plan }] of run.trials.entries()) adjustLogits(plan, logits[position] as Float32Array);
  return logits;
}

/** Positions whose loss, parameters or logits are no longer finite. relu hides a NaN weight, so logits do not suffice. */
function divergedPositions(told: { losses: EpochLosses[]; norms: WeightNorms; logits: Float32Array[] }): Set<number> {
  const { losses, norms, logits } = told;
  const staysFinite = (position: number) =>
    Number.isFinite(losses[position]?.trainLoss) &&
    Number.isFinite(norms.all[position]) &&
    (logits[position] as Float32Array).every(Number.isFinite);
  return new Set(losses.map((_, position) => position).filter((position) => !staysFinite(position)));
}

/** What an epoch tells of a trial's logits and weights, besides its metrics. */
function recordedNumbers(
  { losses, logits, validation }: EvaluatedTrial,
  told: { position: number; norms: WeightNorms; trained: TrainedEpoch },
) {
  const { position, norms, trained } = told;
  return {
    ...losses,
    validation,
    learningRate: trained.learningRates[position] as number,
    largestLogit: logits.reduce((a, b) => Math.max(a, b), -Infinity),
    weightNorm: norms.all[position] as number,
    lastLayerNorm: norms.lastLayer[position] as number,
    gradientNorm: trained.gradientNorms[position] as number,
    confidence: validation.accuracy + validation.signedGap,
  };
}

/** Evaluates every trial on validation rows, reports the epoch, and ends those that diverged. */
export async function evaluateEpoch(run: PackRun, epoch: number, trained: TrainedEpoch): Promise<EvaluatedTrial[]> {
  const { data } = run.request;
  const logits = await predictTrials(run, data.validation);
  const norms = await weightNorms(run.engine.tf, run.model, run.state);
  const diverged = divergedPositions({ losses: trained.losses, norms, logits });
  const examplesPerSecond = data.train.labels.length / (trained.seconds / run.trials.length);
  const evaluated: EvaluatedTrial[] = [];
  for (const [position, trial] of run.trials.entries()) {
    if (diverged.has(position)) continue;
    const trialLogits = logits[position] as Float32Array;
    const validation = splitMetrics(trialLogits, data.validation, data.classCount);
    const survivor = { trial, losses: trained.losses[position] as EpochLosses, logits: trialLogits, validation };
    evaluated.push(survivor);
    const numbers = recordedNumbers(survivor, { position, norms, trained });
    run.hooks.onEpoch(trial.trialId, { epoch, ...numbers, examplesPerSecond });
  }
  failDiverged(run, diverged, epoch);
  return evaluated;
}
