import { fitTemperature, headlineMetrics } from "@smoothsweep/calibration";
import type { TrialMetrics } from "@smoothsweep/contracts";
import { encodePredictions } from "../predictions/encodePredictions.ts";
import { type EvaluatedTrial, predictTrials, splitMetrics } from "./evaluateEpoch.ts";
import type { PackRun } from "./packRun.ts";
import type { PredictedRows } from "./predictedRows.ts";

/** Final metrics: the temperature is fitted on validation rows and only applied to test rows (law 5). */
function trialMetrics(run: PackRun, evaluated: EvaluatedTrial, testRows: PredictedRows): TrialMetrics {
  const { classCount, validation, test } = run.request.data;
  const fit = fitTemperature({ logits: evaluated.rows.logits, labels: validation.labels, classCount });
  const scaled = headlineMetrics(
    { logits: testRows.logits, labels: test.labels, classCount },
    { temperature: fit.temperature },
  );
  return {
    validation: evaluated.validation,
    test: splitMetrics(testRows, test, classCount),
    temperature: fit.temperature,
    temperatureOptimum: fit.optimum,
    scaledTest: { nll: scaled.nll, ece: scaled.ece, brier: scaled.brier },
    trainLoss: evaluated.losses.trainLoss,
    excessLoss: evaluated.losses.excessLoss,
  };
}

/** Evaluates the surviving trials on test rows and hands out their results. */
export async function finishTrials(run: PackRun, evaluated: readonly EvaluatedTrial[]): Promise<void> {
  const { classCount, train, test } = run.request.data;
  const predicted = await predictTrials(run, test);
  const isTeacher = run.trials.some(({ training }) => training.storeTrainLogits === true);
  const trained = isTeacher ? await predictTrials(run, train) : [];
  const seconds = (performance.now() - run.startedAt) / 1000 / run.request.trials.length;
  for (const [position, trial] of evaluated.entries()) {
    const rows = predicted[position] as PredictedRows;
    run.hooks.onResult({
      trialId: trial.trial.trialId,
      metrics: trialMetrics(run, trial, rows),
      predictions: [
        ...(trial.trial.training.storeTrainLogits === true
          ? [encodePredictions("train", (trained[position] as PredictedRows).logits, classCount)]
          : []),
        encodePredictions("validation", trial.rows.logits, classCount),
        encodePredictions("test", rows.logits, classCount),
      ],
      seconds,
      memoryBytes: process.memoryUsage.rss(),
    });
    await run.pacemaker.pause();
  }
}
