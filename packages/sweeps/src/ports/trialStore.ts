import type {
  EngineInfo,
  EpochReport,
  ModelSpec,
  PredictionBlob,
  SubmittedSweep,
  SweepDetail,
  SweepList,
  TrainingSpec,
  TrialDetail,
  TrialList,
  TrialMetrics,
  TrialState,
} from "@smoothsweep/contracts";
import type { TargetPlan } from "@smoothsweep/smoothing";
import type { CellTrial } from "../aggregates/summariseCells.ts";
import type { PlannedSweep } from "../planning/plannedSweep.ts";

/** The right to write one attempt of a trial: void as soon as the trial has a newer token. */
export interface Claim {
  trialId: string;
  /** Fencing token: the number of this attempt. */
  token: number;
}

/** A trial handed to a worker, with all that its training needs. */
export interface ClaimedTrial extends Claim {
  sweepId: string;
  plan: TargetPlan;
  seed: number;
  model: ModelSpec;
  training: TrainingSpec;
}

export interface ClaimRequest {
  groupId: string;
  workerId: string;
  /** At most so many trials, and at most a share: see {@link packShare}. */
  limit: number;
  leaseMs: number;
  /** Place of the token that is being served ({@link TrainGroupJob}): where the next newcomer lines up. */
  place?: number | undefined;
  /** Names the request, so that it can be asked again when its answer was lost: unique for ever. */
  requestId?: string | undefined;
}

/** What ended a pack's attempts from outside: its worker or its training child vanished. */
export interface Loss {
  /** `child_exited`, `engine_broken`, `training_stalled` or `worker_lost`. */
  code: string;
  message: string;
}

export interface AcceptedResult extends Claim {
  metrics: TrialMetrics;
  /** Every epoch's report, again: what got lost on the way is completed here. */
  reports: readonly EpochReport[];
  predictions: readonly PredictionBlob[];
  engine: EngineInfo;
  provenance: Record<string, unknown>;
  seconds: number;
}

/** One epoch of an attempt. */
export interface RecordedReport extends Claim {
  report: EpochReport;
}

export interface Failure extends Claim {
  code: string;
  message: string;
  /** Whether another attempt can help; then the trial is pending again while it has attempts left. */
  retryable: boolean;
}

/** What to do when the same specification (by its hash) is there already, unarchived, and running, paused or completed. */
export type IfSame = "join" | "duplicate" | "refuse";

export interface SubmissionOptions {
  ifSame: IfSame;
  /** The same key gets the same answer; with another request hash it is refused. */
  idempotency?: { key: string; requestHash: string } | undefined;
  /** What was merged, in words; part of the answer. */
  notes?: readonly string[] | undefined;
}

/** What became of a submission. */
export interface SubmissionAnswer extends SubmittedSweep {
  /** Whether this is the answer to an earlier request with the same idempotency key. */
  isReplay: boolean;
}

export interface Page {
  limit: number;
  cursor?: string | undefined;
}

/** Trials of a page of cells; `nextCursor` is null on the last one. */
export interface CellTrialPage {
  items: CellTrial[];
  nextCursor: string | null;
}

/**
 * The truth about sweeps and trials.
 *
 * Laws:
 * - Every method is one transaction; it has happened whole or not at all.
 * - Locks are taken in one order: trials by id, then the sweep's row. A verb ({@link SweepControl}) first takes the
 *   sweep's advisory lock, so that verbs never overlap.
 * - A running trial belongs to the attempt that holds its newest token, until its lease expires. Every write of an
 *   attempt names its token and is refused with `stale_attempt` when it is not the newest, or the trial is not running.
 * - A result, its reports, its predictions, the trial's state and the event commit together; a trial has one result.
 * - When the last trial of a sweep becomes terminal, the sweep ends in the same transaction.
 * - Time is the store's own clock; callers give durations, never points in time.
 * - Returned values are copies.
 */
export interface TrialStore {
  /**
   * Writes a sweep, its trials and the tokens that its groups need; or answers with the sweep that is there already. Of
   * many concurrent submissions of one specification or one key, one creates and the others get its answer.
   * Trials whose fingerprint has an accepted result elsewhere are completed with it, as `spec.cache` says.
   * @param options Default: another sweep of its own (`duplicate`).
   * @throws AppError `same_sweep_exists`, `idempotency_conflict`
   */
  createSweep(sweep: PlannedSweep, options?: SubmissionOptions): Promise<SubmissionAnswer>;
  /**
   * The answer that a submission would get without creating anything: spares planning. Undefined when it would create.
   * @throws AppError `same_sweep_exists`, `idempotency_conflict`
   */
  findSubmission(specHash: string, options: SubmissionOptions): Promise<SubmissionAnswer | undefined>;

  /** @throws AppError `not_found` */
  getSweep(sweepId: string): Promise<SweepDetail>;
  /** Newest first; all of them, or only those that are archived or not. */
  listSweeps(page: Page & { archived?: "no" | "only" | "all" | undefined }): Promise<SweepList>;
  /** In the order of their cells. @throws AppError `not_found` */
  listTrials(sweepId: string, page: Page & { state?: TrialState | undefined }): Promise<TrialList>;
  /** @throws AppError `not_found` */
  getTrial(trialId: string): Promise<TrialDetail>;
  /**
   * What a page of cells is summarised from: every trial of at most `limit` cells, by ordinal, equivalents with their
   * representative's result. Cells come in the order of their first trials, fewer than `limit` where they have many
   * trials: a page never has more than 5,000 trials unless its only cell has.
   * @throws AppError `not_found`
   */
  listCellTrials(sweepId: string, page: Page): Promise<CellTrialPage>;

  /**
   * Hands out pending trials of a group, each to one caller only; empty when nothing is left to do.
   * Nothing comes of a sweep that is not `running`, nor of trials whose back-off is not over. Trials of a pack were lost
   * equally often, and are at most so many as the losses of the first allow ({@link afterLoss}).
   *
   * A request with a `requestId` may be asked again. What the first one handed out and what still holds (the trial runs,
   * with the same token, and with the same worker) is then handed out again: the same claims with a new lease, no new
   * attempt, no event. Only when none of it holds, the request is a new one. Requests with one id take turns: one that
   * comes while another is under way waits for it.
   */
  claimTrials(request: ClaimRequest): Promise<ClaimedTrial[]>;
  /**
   * Extends leases. @returns the claims that still hold; work on the others must stop: the sweep was cancelled, or
   * another attempt owns the trial.
   */
  renewLeases(claims: readonly Claim[], leaseMs: number): Promise<Claim[]>;
  /** Records epochs of attempts; repeating it changes nothing. @returns the claims that still hold: the rest is refused. */
  recordReports(reports: readonly RecordedReport[]): Promise<Claim[]>;
  /**
   * Accepts results, one a trial: the only way a trained trial becomes completed. Repeating it changes nothing.
   * @returns the claims whose results are accepted, now or before; the rest is refused as stale.
   */
  acceptResults(results: readonly AcceptedResult[]): Promise<Claim[]>;
  /**
   * Ends an attempt that reported a failure; the sweep's retry policy decides what comes next ({@link afterFailure}).
   * @returns the trial's new state. @throws AppError `stale_attempt`
   */
  failTrial(failure: Failure): Promise<TrialState>;
  /**
   * Ends the attempts of one pack whose worker or child vanished. `claims` are those without an end: each is a suspect
   * ({@link afterLoss}). Claims that no longer hold are ignored.
   */
  loseTrials(claims: readonly Claim[], loss: Loss): Promise<void>;
  /** Hands claimed trials back untouched, no attempt is counted; claims that no longer hold are ignored. */
  returnTrials(claims: readonly Claim[], reason: string): Promise<void>;
}
