import {
  balancedAccuracy,
  brierDecomposition,
  brierScore,
  classwiseCalibrationError,
  type Forecasts,
  macroF1,
  negativeLogLikelihood,
  type PresetName,
  perClassScores,
  topAccuracy,
  topLabelOutcomes,
} from "@smoothsweep/calibration";
import type { GoldenCheck } from "./goldenCheck.ts";
import { type Comparison, outcomeComparisons } from "./outcomeComparisons.ts";

function compareDecomposition(check: GoldenCheck, forecasts: Forecasts): Comparison {
  return (want, path) => {
    for (const [name, parts] of Object.entries(want as Record<string, object>)) {
      if (name !== "equalWidth15" && name !== "distinctValues") {
        check.exact(`${path}.${name}`, "unknown binning", "a scheme");
        continue;
      }
      const got = brierDecomposition(forecasts, { distinctValues: name === "distinctValues" });
      check.fields(`${path}.${name}.`, parts, {
        reliability: (part, at) => check.number(at, got.reliability, part),
        resolution: (part, at) => check.number(at, got.resolution, part),
        uncertainty: (part, at) => check.number(at, got.uncertainty, part),
        withinBin: (part, at) => check.number(at, got.withinBin, part),
      });
    }
  };
}

/** The expectations of probabilities: those of their top label, and those that need all classes. */
export function forecastComparisons(check: GoldenCheck, forecasts: Forecasts): Record<string, Comparison> {
  const scores = perClassScores(forecasts);
  return {
    ...outcomeComparisons(check, topLabelOutcomes(forecasts)),
    accuracy: (want, path) => check.number(path, topAccuracy(forecasts, 1), want),
    nll: (want, path) => check.number(path, negativeLogLikelihood(forecasts), want),
    brier: (want, path) => check.number(path, brierScore(forecasts), want),
    classwiseEce: (want, path) => {
      for (const [name, error] of Object.entries(want as object))
        check.number(`${path}.${name}`, classwiseCalibrationError(forecasts, { preset: name as PresetName }), error);
    },
    brierDecomposition: compareDecomposition(check, forecasts),
    topKAccuracy: (want, path) => {
      for (const [k, share] of Object.entries(want as object))
        check.number(`${path}.${k}`, topAccuracy(forecasts, Number(k)), share);
    },
    balancedAccuracy: (want, path) => check.number(path, balancedAccuracy(scores), want),
    macroF1PresentClasses: (want, path) => check.number(path, macroF1(scores), want),
    macroF1AllClasses: (want, path) => check.number(path, macroF1(scores, "all"), want),
    perClassRecall: (want, path) =>
      check.numbers(
        path,
        scores.map((score) => score.recall),
        want,
      ),
    perClassSupport: (want, path) =>
      check.numbers(
        path,
        scores.map((score) => score.support),
        want,
        0,
      ),
  };
}
