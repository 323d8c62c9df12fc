import type { TrainGroupJob } from "@smoothsweep/contracts";

/** A job to enqueue: the payload and what makes its id. */
export interface QueuedToken {
  job: TrainGroupJob;
  generation: number;
}

/** What becomes of a job that was run: it is done with, or it goes back to the queue for another consumer. */
export type TokenOutcome = "done" | "again";

/** Runs one job; rejecting marks the job failed, which costs nothing: the database knows what is left to do. */
export type TokenHandler = (job: TrainGroupJob, signal: AbortSignal) => Promise<TokenOutcome>;

export interface QueueConsumer {
  /** Takes no new jobs, waits for the running one, and closes. */
  close(): Promise<void>;
}

/**
 * Calls workers to groups that have work. It is a hint, never the truth (law 1): it may be wiped, lose jobs or run one
 * twice.
 *
 * Laws: enqueueing a token twice enqueues it once while the job exists; jobs with a lower place (or, without one, index) run first; a payload
 * that breaks the catalogue's schema never reaches a handler.
 */
export interface TrialQueue {
  enqueue(tokens: readonly QueuedToken[]): Promise<void>;
  /** Starts taking jobs, one at a time. */
  consume(handler: TokenHandler): Promise<QueueConsumer>;
  /** How many jobs wait for a consumer. @throws AppError `queue_unavailable` */
  waiting(): Promise<number>;
  /** Whether the queue answers. @throws AppError `queue_unavailable` */
  ping(): Promise<void>;
  close(): Promise<void>;
}
