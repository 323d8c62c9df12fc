export { type BinningScheme, defaultScheme } from "./binning/binningScheme.ts";
export { type BinTotals, binOutcomes } from "./binning/binOutcomes.ts";
export {
  type BinningOptions,
  type CalibrationPreset,
  calibrationPresets,
  type PresetName,
  resolveScheme,
} from "./binning/presets.ts";
export { type ReliabilityBin, reliabilityBins } from "./binning/reliabilityBins.ts";
export { expectedCalibrationError } from "./calibrationError/expectedCalibrationError.ts";
export { brierScore } from "./classification/brierScore.ts";
export { type EvaluateOptions, evaluate, type Metrics } from "./evaluate.ts";
export {
  fitTemperature,
  type TemperatureFit,
  type TemperatureOptimum,
  type TemperatureOptions,
} from "./posthoc/fitTemperature.ts";
export type { Forecasts, Outcomes, Predictions } from "./predictions.ts";
export { type SoftmaxRows, softmaxRows } from "./softmax/softmaxRows.ts";
export { type MeanInterval, meanConfidenceInterval } from "./statistics/meanConfidenceInterval.ts";
export { mean, standardDeviation } from "./statistics/sampleMoments.ts";
export { studentTCritical, studentTPValue } from "./statistics/studentT.ts";
export { ArgumentError } from "./validation/argumentError.ts";
