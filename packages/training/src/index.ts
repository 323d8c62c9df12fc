export type { Engine, EngineOptions, TensorFlow } from "./engines/engine.ts";
export { resolveEngine } from "./engines/resolveEngine.ts";
export { isEngineBroken } from "./packs/isEngineBroken.ts";
export type {
  PackData,
  PackHooks,
  PackNote,
  PackRequest,
  PackTrial,
  Split,
  TrialOutcome,
} from "./packs/packTypes.ts";
export { trainPack } from "./packs/trainPack.ts";
export { decodePredictions, encodePredictions } from "./predictions/encodePredictions.ts";
export type { CheckResult } from "./selfTest/checkResult.ts";
export { type SelfTestReport, selfTest } from "./selfTest/selfTest.ts";
export type { LossSettings } from "./settings/lossSettings.ts";
export type { OptimizerSettings, TrainingSettings } from "./settings/trainingSettings.ts";
