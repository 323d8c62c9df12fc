import { type EpochReport, isAppError, type SweepDetail } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import type { Claim, ClaimedTrial, TrialStore } from "@smoothsweep/sweeps";
import type { PackMessage } from "../supervision/trainingProcess.ts";
import { retrying } from "./retrying.ts";

export interface PackLedgerInput {
  store: TrialStore;
  claims: readonly ClaimedTrial[];
  sweep: SweepDetail;
  /** What goes with every result besides its own numbers. */
  provenance: Record<string, unknown>;
  engine: SweepDetail["engines"][number];
  logger: Logger;
}

/** Writes what a pack's training says into the store, in order, and knows which trials are still open. */
export interface PackLedger {
  /** Takes a message; the write happens in the background, after those before it. */
  write(message: PackMessage): void;
  /** Claims that have neither ended nor been lost. */
  open(): Claim[];
  /** Whether the trial's end is being written: the database may know it before we do. */
  isEnding(trialId: string): boolean;
  /** Forgets claims that another attempt owns by now. */
  lose(trialIds: ReadonlySet<string>): void;
  /** Resolves when everything is written. */
  settled(): Promise<void>;
}

export function createPackLedger(input: PackLedgerInput): PackLedger {
  const open = new Map<string, Claim>(input.claims.map(({ trialId, token }) => [trialId, { trialId, token }]));
  const reports = new Map<string, EpochReport[]>();
  const ending = new Set<string>();
  let writing: Promise<void> = Promise.resolve();

  const perform = async (message: PackMessage): Promise<void> => {
    const claim = open.get(message.trialId);
    if (claim === undefined) return;
    // An abort is our own doing: the trial stays open, and whoever aborted hands it back.
    if (message.kind === "failed" && message.code === "aborted") return;
    if (message.kind !== "epoch") ending.add(message.trialId);
    try {
      await retrying(() => commit(input, { claim, message, reports: reports.get(message.trialId) ?? [] }));
      if (message.kind !== "epoch") open.delete(message.trialId);
    } catch (error) {
      // Somebody else owns the trial now, or the database is gone for longer than the lease: either way it is not ours.
      open.delete(message.trialId);
      const isStale = isAppError(error) && error.code === "stale_attempt";
      input.logger[isStale ? "warn" : "error"]({ err: error, ...claim }, "write refused");
    } finally {
      ending.delete(message.trialId);
    }
  };
  return {
    write: (message) => {
      if (message.kind === "epoch") {
        reports.set(message.trialId, [...(reports.get(message.trialId) ?? []), message.report]);
      }
      writing = writing.then(() => perform(message));
    },
    open: () => [...open.values()],
    isEnding: (trialId) => ending.has(trialId),
    lose: (trialIds) => {
      for (const trialId of trialIds) open.delete(trialId);
    },
    settled: () => writing,
  };
}

interface Commit {
  claim: Claim;
  message: PackMessage;
  reports: EpochReport[];
}

async function commit(
  { store, engine, provenance }: PackLedgerInput,
  { claim, message, reports }: Commit,
): Promise<void> {
  switch (message.kind) {
    case "epoch":
      return store.recordReport(claim, message.report);
    case "result": {
      const { metrics, predictions, seconds, memoryBytes } = message;
      return store.acceptResult({
        ...claim,
        metrics,
        reports,
        predictions,
        engine,
        seconds,
        provenance: { ...provenance, memoryBytes },
      });
    }
    case "failed": {
      const { code } = message;
      await store.failTrial({ ...claim, code, message: failureMessage(message), retryable: code !== "trial_diverged" });
    }
  }
}

function failureMessage({ message, epoch }: Extract<PackMessage, { kind: "failed" }>): string {
  return epoch === undefined ? message : `${message} (epoch ${epoch})`;
}
