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
export { progressOf } from "./aggregates/progress.ts";
export { type CellTrial, summariseCells } from "./aggregates/summariseCells.ts";
export { canonicalJson } from "./planning/canonicalJson.ts";
export { mergeNotes } from "./planning/mergeNotes.ts";
export type { PlannedCell, PlannedSweep, PlannedTrial, SnapshotDescription } from "./planning/plannedSweep.ts";
export { type PlanningTools, planSweep, TRAINING_VERSION } from "./planning/planSweep.ts";
export { type GroupToken, TRIALS_PER_TOKEN, tokenCount, tokensFor } from "./planning/tokens.ts";
export type { DatasetStore } from "./ports/datasetStore.ts";
export type { EventFeed } from "./ports/eventFeed.ts";
export type { QueueConsumer, QueuedToken, TokenHandler, TokenOutcome, TrialQueue } from "./ports/trialQueue.ts";
export type {
  AcceptedResult,
  Claim,
  ClaimedTrial,
  ClaimRequest,
  Failure,
  Page,
  TrialStore,
} from "./ports/trialStore.ts";
export type { WorkerDescription, WorkerRegistry } from "./ports/workerRegistry.ts";
export type { Mended, OutboxToken, WorkQueueLedger } from "./ports/workQueueLedger.ts";
export { type AxisPath, axisPaths, type CellSettings } from "./spec/axisFields.ts";
export type { DatasetCatalogue, DatasetLimits } from "./spec/datasetLimits.ts";
export { parseSweepSpec } from "./spec/parseSweepSpec.ts";
export { suggestionFor } from "./spec/suggestion.ts";
