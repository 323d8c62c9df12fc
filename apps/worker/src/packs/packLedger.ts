import { type EpochReport, isAppError, type SweepDetail } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import type { Claim, ClaimedTrial, TrialStore } from "@smoothsweep/sweeps";
import type { PackMessage } from "../supervision/trainingProcess.ts";
import { retrying } from "./retrying.ts";

export interface PackLedgerInput {
  store: TrialStore;
  claims: readonly ClaimedTrial[];
  /** What goes with every result besides its own numbers. */
  provenance: Record<string, unknown>;
  engine: SweepDetail["engines"][number];
  /** Called when a loss leaves no trial to work for: going on would be work for nothing. */
  onAllLost: () => void;
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
  /** Forgets claims that are no longer ours. */
  lose(trialIds: readonly string[]): void;
  /** Resolves when everything is written. */
  settled(): Promise<void>;
}

export function createPackLedger(input: PackLedgerInput): PackLedger {
  const { logger } = input;
  const open = new Map<string, Claim>(input.claims.map(({ trialId, token }) => [trialId, { trialId, token }]));
  const reports = new Map<string, EpochReport[]>(input.claims.map(({ trialId }) => [trialId, []]));
  const ending = new Set<string>();
  let writing: Promise<void> = Promise.resolve();

  const lose = (trialIds: readonly string[]): void => {
    for (const trialId of trialIds) open.delete(trialId);
    if (open.size === 0) input.onAllLost();
  };
  const refused = async (claim: Claim, kind: PackMessage["kind"], error: unknown): Promise<void> => {
    if (isAppError(error) && error.code === "stale_attempt") {
      logger.warn({ ...claim, kind }, "write refused: the trial is no longer ours");
      return lose([claim.trialId]);
    }
    logger.error({ err: error, ...claim, kind }, "write failed");
    // A report comes again with the result.
    if (kind === "epoch") return;
    await failUnwritable(input, claim, error);
    lose([claim.trialId]);
  };
  const perform = async (message: PackMessage): Promise<void> => {
    const { trialId, kind } = message;
    const claim = open.get(trialId);
    if (claim === undefined) return;
    // An abort is our own doing: the trial stays open, and whoever aborted hands it back.
    if (kind === "failed" && message.code === "aborted") return;
    if (kind !== "epoch") ending.add(trialId);
    try {
      await retrying(() => commit(input, { claim, message, reports: reports.get(trialId) ?? [] }));
      if (kind !== "epoch") open.delete(trialId);
    } catch (error) {
      await refused(claim, kind, error);
    } finally {
      ending.delete(trialId);
    }
  };
  return {
    write: (message) => {
      if (message.kind === "epoch") reports.get(message.trialId)?.push(message.report);
      writing = writing.then(() => perform(message));
    },
    open: () => [...open.values()],
    isEnding: (trialId) => ending.has(trialId),
    lose,
    settled: () => writing,
  };
}

/** An end that the database does not take, for a reason that lies in it: the trial fails with that reason. */
async function failUnwritable({ store, logger }: PackLedgerInput, claim: Claim, error: unknown): Promise<void> {
  const message = `the result could not be written: ${error instanceof Error ? error.message : String(error)}`;
  await retrying(() => store.failTrial({ ...claim, code: "internal", message, retryable: true })).catch(
    (refusal: unknown) => logger.error({ err: refusal, ...claim }, "write failed"),
  );
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
