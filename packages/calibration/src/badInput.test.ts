import { describe, expect, it } from "vitest";
import * as calibration from "./index.ts";

const {
  ArgumentError,
  averageCalibrationError,
  brierDecomposition,
  brierScore,
  calibrationErrors,
  classOutcomes,
  classwiseCalibrationError,
  debiasedSquaredError,
  evaluate,
  expectedCalibrationError,
  fitTemperature,
  fitVectorScaling,
  logitNormScores,
  maximumCalibrationError,
  negativeLogLikelihood,
  noiseFloor,
  perClassScores,
  presetAgreement,
  presetCalibrationError,
  reliabilityBins,
  rootMeanSquaredCalibrationError,
  rowEntropies,
  rowMargins,
  signedGap,
  smoothCalibrationError,
  softmaxRows,
  topAccuracy,
  topLabelBrierScore,
  topLabelOutcomes,
} = calibration;

const ofPredictions = {
  evaluate,
  softmaxRows,
  fitTemperature,
  fitVectorScaling,
  logitNormScores,
  adjustLogits: (value: calibration.Predictions) => calibration.adjustLogits(value, [0.5, 0.5]),
  fitLogitAdjustment: (value: calibration.Predictions) => calibration.fitLogitAdjustment(value, [0.5, 0.5]),
  chooseLogitNormPower: (value: calibration.Predictions) => calibration.chooseLogitNormPower(value),
};
const ofForecasts = {
  brierScore,
  brierDecomposition,
  negativeLogLikelihood,
  perClassScores,
  rowEntropies,
  rowMargins,
  topLabelOutcomes,
  classwiseCalibrationError,
  presetAgreement,
  topAccuracy: (value: calibration.Forecasts) => topAccuracy(value, 1),
  classOutcomes: (value: calibration.Forecasts) => classOutcomes(value, 0),
  nixon: (value: calibration.Forecasts) => averageCalibrationError(value, { meaning: "nixon" }),
  tfp: (value: calibration.Forecasts) => presetCalibrationError(value, "tfp"),
  hierarchicalDistance: (value: calibration.Forecasts) => calibration.hierarchicalDistance(value, [0, 1, 1, 0]),
};
const ofOutcomes = {
  expectedCalibrationError,
  calibrationErrors,
  maximumCalibrationError,
  rootMeanSquaredCalibrationError,
  debiasedSquaredError,
  noiseFloor,
  reliabilityBins,
  signedGap,
  smoothCalibrationError,
  topLabelBrierScore,
  binOutcomes: (value: calibration.Outcomes) => calibration.binOutcomes(value),
};

const badPredictions = {
  empty: { logits: [], labels: [], classCount: 2 },
  "one class": { logits: [1], labels: [0], classCount: 1 },
  "fractional class count": { logits: [1, 2], labels: [0], classCount: 2.5 },
  "wrong length": { logits: [1, 2, 3], labels: [0], classCount: 2 },
  "NaN logit": { logits: [1, Number.NaN], labels: [0], classCount: 2 },
  "infinite logit": { logits: [1, Infinity], labels: [0], classCount: 2 },
  "label too large": { logits: [1, 2], labels: [2], classCount: 2 },
  "negative label": { logits: [1, 2], labels: [-1], classCount: 2 },
  "fractional label": { logits: [1, 2], labels: [0.5], classCount: 2 },
  "NaN label": { logits: [1, 2], labels: [Number.NaN], classCount: 2 },
};
const badForecasts = {
  empty: { probabilities: [], labels: [], classCount: 2 },
  "one class": { probabilities: [1], labels: [0], classCount: 1 },
  "wrong length": { probabilities: [0.5], labels: [0], classCount: 2 },
  "above 1": { probabilities: [1.5, -0.5], labels: [0], classCount: 2 },
  NaN: { probabilities: [Number.NaN, 1], labels: [0], classCount: 2 },
  "logits in place of probabilities": { probabilities: [0.9, 0.9], labels: [0], classCount: 2 },
  "label out of range": { probabilities: [0.5, 0.5], labels: [2], classCount: 2 },
};
const badOutcomes = {
  empty: { confidences: [], outcomes: [] },
  "wrong length": { confidences: [0.5, 0.5], outcomes: [1] },
  NaN: { confidences: [Number.NaN], outcomes: [1] },
  "above 1": { confidences: [1.0000001], outcomes: [1] },
  negative: { confidences: [-0.1], outcomes: [1] },
  "outcome that is not 0 or 1": { confidences: [0.5], outcomes: [0.5] },
};

function cases<Value>(functions: Record<string, (value: Value) => unknown>, values: Record<string, Value>) {
  return Object.entries(functions).flatMap(([name, call]) =>
    Object.entries(values).map(([problem, value]) => ({ name, problem, run: () => call(value) })),
  );
}

describe("bad input", () => {
  it.each([
    ...cases<calibration.Predictions>(ofPredictions, badPredictions),
    ...cases<calibration.Forecasts>(ofForecasts, badForecasts),
    ...cases<calibration.Outcomes>(ofOutcomes, badOutcomes),
  ])("$name refuses $problem with a typed error that names argument, rule and value", ({ run }) => {
    expect(run).toThrowError(ArgumentError);
    expect(run).toThrowError(/^[\w[\]. ]+ must .+, got .*[^.]$/);
  });

  it("the error keeps its fields when it is serialised", () => {
    const error = new ArgumentError("bins", "must be a positive integer", 0);
    expect(error.message).toBe("bins must be a positive integer, got 0");
    expect(error).toBeInstanceOf(RangeError);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "ArgumentError",
      code: "INVALID_ARGUMENT",
      argument: "bins",
      rule: "must be a positive integer",
      value: 0,
    });
  });
});
