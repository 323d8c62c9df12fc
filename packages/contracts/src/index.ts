export {
  type ChildMessage,
  type ChildRequest,
  childMessageSchema,
  childRequestSchema,
  type EngineChoice,
  type EngineInfo,
  type EngineName,
  type EpochReport,
  engineChoiceSchema,
  engineInfoSchema,
  engineNameSchema,
  engineNames,
  epochReportSchema,
  type PredictionBlob,
  predictionBlobSchema,
  type SplitMetrics,
  splitMetricsSchema,
  type TrainPackRequest,
  type TrialMetrics,
  trainPackRequestSchema,
  trialMetricsSchema,
} from "./child/trainingMessages.ts";
export { featureCountOf, type InputShape, inputShapeSchema, labelsPerRow } from "./data/inputShape.ts";
export { modelObstacle } from "./data/modelObstacle.ts";
export { AppError, type AppErrorOptions, isAppError, toAppError } from "./errors/appError.ts";
export { type ErrorCode, errorCodes } from "./errors/errorCodes.ts";
export {
  invalidSpec,
  type SpecIssue,
  type SpecIssueCode,
  specIssueCodes,
  specIssueSchema,
} from "./errors/specIssue.ts";
export { type SweepEvent, type SweepEventBody, sweepEventSchema } from "./events/sweepEvent.ts";
export {
  type CellMetric,
  cellMetricSchema,
  cellMetrics,
  type MetricSummary,
  metricSummarySchema,
} from "./http/metricSummary.ts";
export { openApiDocument } from "./http/openApiDocument.ts";
export { type Problem, problemSchema } from "./http/problem.ts";
export { type Route, type RouteName, routes } from "./http/routes.ts";
export {
  type Cell,
  type CellList,
  cellListSchema,
  cellSchema,
  type Health,
  healthSchema,
  type PlanSummary,
  type Progress,
  planSummarySchema,
  progressSchema,
  type SubmittedSweep,
  type SweepDetail,
  type SweepList,
  type SweepSummary,
  submittedSweepSchema,
  sweepDetailSchema,
  sweepListSchema,
  sweepSummarySchema,
  type Trial,
  type TrialCounts,
  type TrialDetail,
  type TrialList,
  trialCountsSchema,
  trialDetailSchema,
  trialListSchema,
  trialSchema,
} from "./http/sweepResources.ts";
export { type JobName, jobCatalogue, type TrainGroupJob } from "./jobs/jobCatalogue.ts";
export {
  isTerminalSweepState,
  isTerminalTrialState,
  type SweepState,
  sweepStateSchema,
  sweepStates,
  type TrialState,
  trialStateSchema,
  trialStates,
} from "./states.ts";
export { type ModelSpec, modelSpecSchema } from "./sweepSpec/modelSpec.ts";
export { sharedTraining } from "./sweepSpec/sharedTraining.ts";
export {
  type AxisValue,
  axisValueSchema,
  conventionSchema,
  type DataSpec,
  dataSpecSchema,
  LOGITS_MAX,
  optimizerSpecSchema,
  type SmoothingFields,
  type StrategyFields,
  type SweepSpec,
  type SweepSpecInput,
  seedSchema,
  smoothingFieldsSchema,
  strategySpecSchema,
  sweepSpecSchema,
  TRIALS_MAX,
  type TrainingSpec,
  trainingSpecSchema,
} from "./sweepSpec/sweepSpec.ts";
