import { type EpochReport, isAppError } from "@smoothsweep/contracts";
import type { AcceptedResult, Claim } from "@smoothsweep/sweeps";
import type { PackMessage } from "../supervision/trainingProcess.ts";
import type { PackLedgerInput } from "./packLedger.ts";
import { retrying } from "./retrying.ts";

export type EpochMessage = Extract<PackMessage, { kind: "epoch" }>;
export type ResultMessage = Extract<PackMessage, { kind: "result" }>;
export type NoteMessage = Extract<PackMessage, { kind: "note" }>;
export type FailedMessage = Extract<PackMessage, { kind: "failed" }>;

/** What a commit knows of its pack. None of them rejects: what cannot be written is said, and its trial lost or failed. */
export interface Commit extends PackLedgerInput {
  /** Undefined when the trial has ended or is no longer ours. */
  claimOf: (trialId: string) => Claim | undefined;
  /** Why the trial did not train in one go with all others of its pack. */
  notesOf: (trialId: string) => readonly string[];
  lose: (trialIds: readonly string[]) => void;
}

/** Writes reports of trials that are still ours. A report that does not get through comes again with the result. */
export async function commitReports(commit: Commit, messages: readonly EpochMessage[]): Promise<void> {
  const reports = messages.flatMap(({ trialId, report }) => {
    const claim = commit.claimOf(trialId);
    return claim === undefined ? [] : [{ ...claim, report }];
  });
  if (reports.length === 0) return;
  try {
    loseOthers(commit, reports, await retrying(() => commit.store.recordReports(reports)));
  } catch (error) {
    commit.logger.error({ err: error, reports: reports.length }, "reports not written");
  }
}

/** Writes results together; where the database does not take them, one by one, so that one cannot spoil the others. */
export async function commitResults(
  commit: Commit,
  messages: readonly ResultMessage[],
  reportsOf: (trialId: string) => readonly EpochReport[],
): Promise<void> {
  const { store, engine, provenance } = commit;
  const results = messages.flatMap(({ trialId, metrics, predictions, seconds, memoryBytes }): AcceptedResult[] => {
    const claim = commit.claimOf(trialId);
    if (claim === undefined) return [];
    const reports = reportsOf(trialId);
    const own = { ...provenance, memoryBytes, packNotes: commit.notesOf(trialId) };
    return [{ ...claim, metrics, reports, predictions, engine, seconds, provenance: own }];
  });
  if (results.length === 0) return;
  try {
    loseOthers(commit, results, await retrying(() => store.acceptResults(results)));
  } catch (error) {
    if (results.length === 1) return failUnwritable(commit, results[0]!, error);
    for (const message of messages) await commitResults(commit, [message], reportsOf);
  }
}

/** Writes failures, each by itself. */
export async function commitFailures(commit: Commit, messages: readonly FailedMessage[]): Promise<void> {
  for (const { trialId, code, message, epoch } of messages) {
    const claim = commit.claimOf(trialId);
    if (claim === undefined) continue;
    const said = epoch === undefined ? message : `${message} (epoch ${epoch})`;
    await writeFailure(commit, { claim, code, message: said, retryable: code !== "trial_diverged" });
  }
}

/** Claims that the store did not confirm belong to somebody else by now. */
function loseOthers({ lose, logger }: Commit, written: readonly Claim[], held: readonly Claim[]): void {
  const heldIds = new Set(held.map(({ trialId }) => trialId));
  const gone = [...new Set(written.map(({ trialId }) => trialId))].filter((trialId) => !heldIds.has(trialId));
  if (gone.length === 0) return;
  logger.warn({ trialIds: gone }, "write refused: no longer ours");
  lose(gone);
}

/** An end that the database does not take, for a reason that lies in it: the trial fails with that reason. */
async function failUnwritable(commit: Commit, { trialId, token }: Claim, error: unknown): Promise<void> {
  commit.logger.error({ err: error, trialId, token }, "result not written");
  const message = `the result could not be written: ${error instanceof Error ? error.message : String(error)}`;
  await writeFailure(commit, { claim: { trialId, token }, code: "internal", message, retryable: true });
}

async function writeFailure(
  { store, logger, lose }: Commit,
  failure: { claim: Claim; code: string; message: string; retryable: boolean },
): Promise<void> {
  const { claim, ...rest } = failure;
  try {
    await retrying(() => store.failTrial({ ...claim, ...rest }));
  } catch (error) {
    const isStale = isAppError(error) && error.code === "stale_attempt";
    logger[isStale ? "warn" : "error"]({ err: error, ...claim }, "failure not written");
    lose([claim.trialId]);
  }
}
