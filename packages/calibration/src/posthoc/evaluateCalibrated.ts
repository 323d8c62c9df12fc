import { type EvaluateOptions, evaluate, type Metrics } from "../evaluate.ts";
import type { Predictions } from "../predictions.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { fitTemperature, type TemperatureFit, type TemperatureOptions } from "./fitTemperature.ts";

/** Test metrics before and after temperature scaling. */
export interface CalibratedEvaluation {
  /** The temperature, fitted on validation. */
  readonly fit: TemperatureFit;
  /** Test metrics at T = 1. */
  readonly before: Metrics;
  /** Test metrics at the fitted T. */
  readonly after: Metrics;
}

/** Two disjoint sets, named so that they cannot be swapped by position. */
export interface HeldOut {
  /** Examples the temperature is fitted on. */
  readonly validation: Predictions;
  /** Examples the metrics are taken on; nothing is fitted here. */
  readonly test: Predictions;
}

/**
 * Fits the temperature on validation and evaluates test before and after: the one-call form that cannot fit on test.
 *
 * Refuses the same logits for both, because a temperature judged on the data it was fitted on looks calibrated.
 *
 * @param sets - validation and test predictions of the same model
 * @param options - bounds of T and number of bins
 * @returns the fit and both sets of test metrics
 * @throws {ArgumentError} when sets break a rule, differ in class count, or share their logits
 */
export function evaluateCalibrated(
  sets: HeldOut,
  options: TemperatureOptions & Pick<EvaluateOptions, "bins"> = {},
): CalibratedEvaluation {
  const { validation, test } = sets;
  const { bins = 15, ...bounds } = options;
  if (validation.logits === test.logits)
    throw new ArgumentError("test", "must not share its logits with validation", "the same array");
  if (validation.classCount !== test.classCount)
    throw new ArgumentError(
      "test.classCount",
      `must equal that of validation, ${validation.classCount}`,
      test.classCount,
    );
  const fit = fitTemperature(validation, bounds);
  const after = evaluate(test, { bins, temperature: fit.temperature });
  return { fit, before: evaluate(test, { bins }), after };
}
