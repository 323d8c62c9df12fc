import type {
  Audit,
  EpochReport,
  PredictionBlob,
  SubmittedSweep,
  SweepSpec,
  SweepState,
  TrialState,
} from "@smoothsweep/contracts";
import type {
  AcceptedResult,
  OutboxToken,
  PlannedTrial,
  SnapshotDescription,
  TrialCounters,
} from "@smoothsweep/sweeps";
import type { MemoryEventFeed } from "../createMemoryFeeds.ts";

/** A point in time: milliseconds since 1970, by the store's clock. */
export type Moment = number;

export interface SweepRow {
  id: string;
  spec: SweepSpec;
  specHash: string;
  snapshot: SnapshotDescription;
  state: SweepState;
  /** Place of the token that was served last. */
  servedPlace: number;
  createdAt: Moment;
  startedAt: Moment | null;
  endedAt: Moment | null;
  archivedAt: Moment | null;
  /** When predictions were removed after the end; null when the sweep went on since. */
  prunedAt: Moment | null;
}

export type ResultRow = Pick<AcceptedResult, "token" | "metrics" | "engine" | "provenance" | "seconds"> & {
  acceptedAt: Moment;
};

/** A trial. Of an equivalent, whose representative is trained for it, only what was planned says anything. */
export interface TrialRow extends PlannedTrial {
  sweepId: string;
  state: TrialState;
  /** Count of attempts, and the fencing token of the newest. */
  token: number;
  counters: TrialCounters;
  /** Back-off: not claimed before. */
  notBefore: Moment;
  /** Who runs it, and until when without a renewal. */
  lease: { workerId: string; endsAt: Moment; requestId: string | undefined } | null;
  /** Why it failed or was cancelled. */
  failure: { code: string; message: string } | null;
  /** Epochs by the token of the attempt that reported them. */
  reports: Map<number, EpochReport[]>;
  result: ResultRow | null;
  predictions: PredictionBlob[];
  /** The trial of another sweep that was trained and whose result this one has. */
  reusedFrom: string | null;
  /** The trial of another sweep that this one repeats on purpose, and how they compare. */
  auditOf: string | null;
  audit: Audit | null;
  startedAt: Moment | null;
  endedAt: Moment | null;
}

export type TokenRow = OutboxToken & {
  /** Not sent before. */
  dueAt: Moment;
  sentAt: Moment | null;
  /** Whether a relay is sending it just now. */
  isOnItsWay: boolean;
};

export interface SubmissionRow {
  requestHash: string;
  answer: SubmittedSweep;
  createdAt: Moment;
}

/** All that the store keeps. Maps and lists are in the order of writing. */
export interface Tables {
  now: () => Moment;
  sweeps: Map<string, SweepRow>;
  trials: Map<string, TrialRow>;
  /** By idempotency key. */
  submissions: Map<string, SubmissionRow>;
  outbox: TokenRow[];
  feed: MemoryEventFeed;
  /** Tells workers that claims of a sweep became void. */
  revoke: (sweepId: string) => void;
  /** How many workers are alive. */
  liveWorkers: () => number;
}
