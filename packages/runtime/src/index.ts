export { bytesField, durationMsField, portField, switchField, wholeNumberField } from "./config/configFields.ts";
export { describeConfig } from "./config/describeConfig.ts";
export { type Environment, readEnvironment } from "./config/environment.ts";
export { type ConfigProblem, type ConfigSources, loadConfig, variableOf } from "./config/loadConfig.ts";
export { isSecretName, MASK, maskUrlPasswords } from "./config/maskSecrets.ts";
export { productVariables } from "./config/productVariables.ts";
export { productVersion } from "./config/productVersion.ts";
export { type IdPrefix, newId } from "./identity/newId.ts";
export { createLogger, type Logger, type LoggerOptions, type LogLevel, logLevels } from "./logging/createLogger.ts";
export { createOutageLog, type OutageLog } from "./logging/createOutageLog.ts";
export { describeMachine, type MachineDescription } from "./machine/describeMachine.ts";
export { freePort } from "./network/freePort.ts";
export { cacheDirectory, projectDataDirectory } from "./paths/cacheDirectory.ts";
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from "./postgres/startEmbeddedPostgres.ts";
export { useEmbeddedPostgres } from "./postgres/useEmbeddedPostgres.ts";
export { createProgressLine, type ProgressLine, type ProgressLineOptions } from "./progress/createProgressLine.ts";
export { createRateEstimator, type RateEstimator, type RateEstimatorOptions } from "./progress/createRateEstimator.ts";
export { formatBytes } from "./progress/formatBytes.ts";
export { formatDuration } from "./progress/formatDuration.ts";
export { createReleaser, type Release, type Releaser } from "./shutdown/createReleaser.ts";
export {
  onTermination,
  type TerminationCause,
  type TerminationOptions,
  type TerminationOutcome,
  type TerminationSignal,
} from "./shutdown/onTermination.ts";
export { runProgram } from "./shutdown/runProgram.ts";
export { every, type Repetition, type RepetitionOptions } from "./time/every.ts";
export { systemClock } from "./time/systemClock.ts";
