import { evaluate } from "@smoothsweep/calibration";
import type { SplitMetrics } from "@smoothsweep/contracts";
import { type ActiveTrial, failDiverged, type PackRun } from "./packRun.ts";
import { squaredNorms } from "./packState.ts";
import type { Split } from "./packTypes.ts";
import { predictSplit } from "./predictSplit.ts";
import type { TrainedEpoch } from "./trainEpoch.ts";

/** A trial after an epoch that it survived. */
export interface EvaluatedTrial {
  readonly trial: ActiveTrial;
  readonly trainLoss: number;
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

/** Logits of all trials for a split, in the order of the pack axis. */
export function predictTrials(run: PackRun, split: Split): Promise<Float32Array[]> {
  const { classCount, featureCount } = run.request.data;
  const { model, state, pacemaker } = run;
  return predictSplit(run.engine, { model, state, classCount }, { split, featureCount, pacemaker });
}

/** Positions whose loss, parameters or logits are no longer finite. relu hides a NaN weight, so logits do not suffice. */
function divergedPositions(run: PackRun, trainLosses: number[], logits: Float32Array[]): Set<number> {
  const norms = squaredNorms(run.engine.tf, run.state);
  const staysFinite = (position: number) =>
    Number.isFinite(trainLosses[position]) &&
    Number.isFinite(norms[position]) &&
    (logits[position] as Float32Array).every(Number.isFinite);
  return new Set(run.trials.map((_, position) => position).filter((position) => !staysFinite(position)));
}

/** Evaluates every trial on validation rows, reports the epoch, and ends those that diverged. */
export async function evaluateEpoch(run: PackRun, epoch: number, trained: TrainedEpoch): Promise<EvaluatedTrial[]> {
  const { data } = run.request;
  const logits = await predictTrials(run, data.validation);
  const diverged = divergedPositions(run, trained.trainLosses, logits);
  const secondsPerTrial = trained.seconds / run.trials.length;
  const evaluated = run.trials.flatMap((trial, position) => {
    if (diverged.has(position)) return [];
    const trialLogits = logits[position] as Float32Array;
    const validation = splitMetrics(trialLogits, data.validation, data.classCount);
    return [{ trial, trainLoss: trained.trainLosses[position] as number, logits: trialLogits, validation }];
  });
  for (const { trial, trainLoss, validation } of evaluated) {
    run.hooks.onEpoch(trial.trialId, {
      epoch,
      trainLoss,
      excessLoss: trainLoss - trial.meanEntropy,
      validation,
      learningRate: trained.learningRate,
      examplesPerSecond: data.train.labels.length / secondsPerTrial,
    });
  }
  failDiverged(run, diverged, epoch);
  return evaluated;
}
