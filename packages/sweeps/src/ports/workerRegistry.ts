import type { EngineInfo } from "@smoothsweep/contracts";

/**
 * Version of what workers, database and API say to each other: schema, job payloads, claims. Raise it when a worker of
 * the version before must not go on.
 */
export const WORKER_PROTOCOL = 1;

export interface WorkerDescription {
  id: string;
  host: string;
  pid: number;
  version: string;
  /** {@link WORKER_PROTOCOL} of the worker's own code. */
  protocol: number;
  engine: EngineInfo;
  packCapacity: number;
  /** Bytes that its engine may use; null when unknown. */
  memoryBytes: number | null;
}

/** Whether a worker shall go on. */
export interface HeartbeatAnswer {
  /** Take no new work, finish or hand back what there is, and end. */
  drain: boolean;
  /** Why, for the log; null without a reason. */
  reason: string | null;
}

export interface RegisteredWorker extends WorkerDescription {
  startedAt: string;
  seenAt: string;
  /** Null while it runs, as far as is known. */
  endedAt: string | null;
  drainReason: string | null;
  /** Trials whose lease it holds. */
  running: number;
}

/**
 * Which workers exist, what they can do, and when they were last seen. It informs; ownership of trials is by lease alone.
 *
 * Laws: a worker whose protocol is not the installation's is told to drain at its next heartbeat, and so is one that was
 * told to by {@link drain} or that is not registered (any more); an answer to drain is never taken back.
 */
export interface WorkerRegistry {
  /** Says what the API speaks: workers of another protocol will drain. An older API never lowers it. */
  announce(installation: { protocol: number; version: string }): Promise<void>;
  /** @throws AppError `version_skew` when the installation speaks another protocol: the worker must not start. */
  register(worker: WorkerDescription): Promise<void>;
  heartbeat(workerId: string): Promise<HeartbeatAnswer>;
  /** Tells a worker to drain. @throws AppError `not_found` */
  drain(workerId: string, reason: string): Promise<void>;
  retire(workerId: string): Promise<void>;
  /** Workers that have not ended, and of the others those seen in the last `withinMs`; newest first, at most 1,000. */
  list(withinMs: number): Promise<RegisteredWorker[]>;
}
