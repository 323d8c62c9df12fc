/**
 * The domain of smoothsweep. Words (design.md):
 *
 * - Sweep: a named, immutable specification expanded into trials.
 * - Axis: one varied setting: a path in the specification with its values.
 * - Cell: one combination of axis values, without the seed.
 * - Trial: a cell with one seed: the unit of result.
 * - Target plan: what the loss really sees.
 * - Equivalent: two trials whose plan, data, model, optimiser and seed are the same; trained once.
 * - Group: trials that can be trained together. Pack: those of a group that one worker trains in one program.
 * - Attempt: one execution of a trial; carries a fencing token. Report: metrics of one epoch of one attempt.
 * - Result: the accepted final metrics of a trial.
 */
export { AUDIT_TOLERANCE, auditOf, type Outcome } from "./aggregates/auditOf.ts";
export { frontCells } from "./aggregates/frontCells.ts";
export { progressOf } from "./aggregates/progress.ts";
export { type CellTrial, summariseCells } from "./aggregates/summariseCells.ts";
export { PLACE_MAX, PLACE_RESET, placeOf, strideOf } from "./lifecycle/fairShare.ts";
export { type PackShare, packShare } from "./lifecycle/packShare.ts";
export {
  afterFailure,
  afterLoss,
  backoffMs,
  type NextTry,
  type PackLoss,
  type ReportedFailure,
  type TrialCounters,
} from "./lifecycle/retryRules.ts";
export {
  type LifecycleState,
  lifecycleStateOf,
  lifecycleStates,
  offeredVerbs,
  refusedVerbs,
  type VerbEffect,
  type VerbRule,
  verbTable,
} from "./lifecycle/verbTable.ts";
export { canonicalJson } from "./planning/canonicalJson.ts";
export { checkTeachers } from "./planning/checkTeachers.ts";
export { mergeNotes } from "./planning/mergeNotes.ts";
export {
  type ExtendedSweep,
  extendSpec,
  type KnownTrial,
  type PlannedExtension,
  planExtension,
  type SweepExtension,
} from "./planning/planExtension.ts";
export type {
  CheckedPlanningTools,
  PlannedCell,
  PlannedSweep,
  PlannedTrial,
  PlanningTools,
  SlicedPlanningTools,
  SnapshotDescription,
} from "./planning/plannedSweep.ts";
export { planSubmission, planSweep, specHashOf } from "./planning/planSweep.ts";
export { TRAINING_VERSION } from "./planning/planTrials.ts";
export { type GroupToken, TRIALS_PER_TOKEN, tokenCount, tokensFor, type WaitingGroup } from "./planning/tokens.ts";
export type { DatasetStore } from "./ports/datasetStore.ts";
export type { EventFeed } from "./ports/eventFeed.ts";
export type { Housekeeper, Tidied } from "./ports/housekeeper.ts";
export type { PredictionStore, StoredPrediction } from "./ports/predictionStore.ts";
export type { RevocationFeed } from "./ports/revocationFeed.ts";
export type {
  DeletionPreview,
  ExtensionOutcome,
  ExtensionPreview,
  SweepControl,
  VerbOutcome,
} from "./ports/sweepControl.ts";
export type { SweepExporter, SweepSnapshot } from "./ports/sweepExporter.ts";
export type { QueueConsumer, QueuedToken, TokenHandler, TokenOutcome, TrialQueue } from "./ports/trialQueue.ts";
export type {
  AcceptedResult,
  CellTrialPage,
  Claim,
  ClaimedTrial,
  ClaimRequest,
  Failure,
  IfSame,
  Loss,
  Page,
  RecordedReport,
  SubmissionAnswer,
  SubmissionOptions,
  TrialStore,
} from "./ports/trialStore.ts";
export {
  type HeartbeatAnswer,
  type RegisteredWorker,
  WORKER_PROTOCOL,
  type WorkerDescription,
  type WorkerRegistry,
} from "./ports/workerRegistry.ts";
export type { Mended, OutboxToken, Patience, WorkQueueLedger } from "./ports/workQueueLedger.ts";
export { type AxisPath, axisPaths, type CellSettings } from "./spec/axisFields.ts";
export type { DatasetCatalogue, DatasetLimits } from "./spec/datasetLimits.ts";
export { parseSweepSpec } from "./spec/parseSweepSpec.ts";
export { suggestionFor } from "./spec/suggestion.ts";
