/**
 * Metrics, calibration error, post-hoc calibration and statistics as pure functions.
 *
 * Words: *predictions* are logits with hard labels, *forecasts* are probabilities with hard labels, *outcomes* are stated
 * probabilities of one event beside whether it happened, *scored outcomes* rank predictions beside right or wrong.
 */
export { type BinningScheme, defaultScheme } from "./binning/binningScheme.ts";
export { type BinTotals, binOutcomes } from "./binning/binOutcomes.ts";
export { equalMassEdges } from "./binning/equalMassEdges.ts";
export { classOutcomes, type OutcomeArrays, topLabelOutcomes } from "./binning/forecastOutcomes.ts";
export {
  type BinningOptions,
  type CalibrationPreset,
  calibrationPresets,
  type PresetName,
  resolveScheme,
} from "./binning/presets.ts";
export { type ReliabilityBin, reliabilityBins } from "./binning/reliabilityBins.ts";
export {
  type AverageCalibrationMeaning,
  averageCalibrationError,
} from "./calibrationError/averageCalibrationError.ts";
export type { BinnedErrors } from "./calibrationError/binnedErrors.ts";
export { type CalibrationErrorOptions, calibrationError } from "./calibrationError/calibrationError.ts";
export {
  calibrationErrors,
  maximumCalibrationError,
  rootMeanSquaredCalibrationError,
} from "./calibrationError/calibrationErrors.ts";
export { classwiseCalibrationError } from "./calibrationError/classwiseCalibrationError.ts";
export { type DebiasedError, debiasedSquaredError } from "./calibrationError/debiasedSquaredError.ts";
export { expectedCalibrationError } from "./calibrationError/expectedCalibrationError.ts";
export { type NoiseFloorOptions, noiseFloor } from "./calibrationError/noiseFloor.ts";
export { type PresetAgreement, presetAgreement } from "./calibrationError/presetAgreement.ts";
export { presetCalibrationError } from "./calibrationError/presetCalibrationError.ts";
export { signedGap } from "./calibrationError/signedGap.ts";
export { type SmoothCalibrationError, smoothCalibrationError } from "./calibrationError/smoothCalibrationError.ts";
export {
  type BrierDecomposition,
  type BrierDecompositionOptions,
  brierDecomposition,
} from "./classification/brierDecomposition.ts";
export { brierScore } from "./classification/brierScore.ts";
export { balancedAccuracy, groupRecall, macroF1 } from "./classification/classAverages.ts";
export { type FrequencyCut, type FrequencyGroups, frequencyGroups } from "./classification/frequencyGroups.ts";
export { negativeLogLikelihood } from "./classification/negativeLogLikelihood.ts";
export { type ClassScore, perClassScores } from "./classification/perClassScores.ts";
export { rowEntropies, rowMargins } from "./classification/rowSummaries.ts";
export { topAccuracy } from "./classification/topAccuracy.ts";
export { topLabelBrierScore } from "./classification/topLabelBrierScore.ts";
export { type EvaluateOptions, evaluate, type Metrics } from "./evaluate.ts";
export { type HeadlineMetrics, headlineMetrics } from "./headlineMetrics.ts";
export { type HierarchicalDistance, hierarchicalDistance } from "./hierarchy/hierarchicalDistance.ts";
export type { MultiLabelForecasts } from "./multilabel/multiLabelForecasts.ts";
export {
  type BinaryMetrics,
  type MultiLabelMetrics,
  type MultiLabelOptions,
  multiLabelMetrics,
} from "./multilabel/multiLabelMetrics.ts";
export { type CalibratedEvaluation, evaluateCalibrated, type HeldOut } from "./posthoc/evaluateCalibrated.ts";
export {
  fitTemperature,
  type TemperatureFit,
  type TemperatureOptimum,
  type TemperatureOptions,
} from "./posthoc/fitTemperature.ts";
export { adjustLogits, fitLogitAdjustment, type LogitAdjustmentFit } from "./posthoc/logitAdjustment.ts";
export {
  applyVectorScaling,
  fitVectorScaling,
  type VectorScalingFit,
  type VectorScalingOptions,
} from "./posthoc/vectorScaling.ts";
export type { Forecasts, Outcomes, Predictions } from "./predictions.ts";
export { cumulativeErrors, type ScoredOutcomes, type TieRule } from "./selective/cumulativeErrors.ts";
export { chooseLogitNormPower, logitNormScores } from "./selective/logitNormScores.ts";
export { coverageAtRisk, riskAtCoverage } from "./selective/operatingPoints.ts";
export {
  type CurveArea,
  optimalAurc,
  type RiskCoverageAreas,
  riskCoverageAreas,
} from "./selective/riskCoverageAreas.ts";
export { perplexity, type SequenceLoss, type TokenPredictions, tokenPerplexity } from "./sequences/perplexity.ts";
export { type SoftmaxRows, softmaxRows } from "./softmax/softmaxRows.ts";
export {
  type Bootstrap,
  type BootstrapOptions,
  bootstrap,
  type Interval,
  type Statistic,
} from "./statistics/bootstrap.ts";
export { type HolmAdjustment, holm } from "./statistics/holm.ts";
export { type HypervolumeOptions, hypervolume, hypervolumeInterval } from "./statistics/hypervolume.ts";
export { kendallTau } from "./statistics/kendallTau.ts";
export { type MeanInterval, meanConfidenceInterval } from "./statistics/meanConfidenceInterval.ts";
export { type DetectableEffectOptions, minimumDetectableEffect } from "./statistics/minimumDetectableEffect.ts";
export { normalCumulative, normalQuantile } from "./statistics/normalDistribution.ts";
export { type PairedDifferences, type PairedOptions, pairedDifferences } from "./statistics/pairedDifferences.ts";
export {
  type Direction,
  paretoFront,
  paretoMembership,
  type SeedBootstrapOptions,
  type SeedSamples,
} from "./statistics/paretoFront.ts";
export { median, quantile } from "./statistics/quantile.ts";
export { mean, standardDeviation } from "./statistics/sampleMoments.ts";
export { type RandomSource, seededRandom } from "./statistics/seededRandom.ts";
export {
  type SignFlip,
  type SignFlipOptions,
  signFlipExact,
  signFlipOfSigns,
  signFlipTest,
} from "./statistics/signFlipTest.ts";
export { studentTCritical, studentTPValue } from "./statistics/studentT.ts";
export { ArgumentError } from "./validation/argumentError.ts";
