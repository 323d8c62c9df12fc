import { setImmediate as turn } from "node:timers/promises";
import type { EpochReport, SweepDetail } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import type { Claim, ClaimedTrial, TrialStore } from "@smoothsweep/sweeps";
import type { PackMessage } from "../supervision/trainingProcess.ts";
import {
  commitFailures,
  commitReports,
  commitResults,
  type FailedMessage,
  type NoteMessage,
  type ResultMessage,
} from "./commits.ts";

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

/** So many results are written at once: a pack's worth, which may have megabytes of predictions. */
const RESULTS_MAX = 64;
/** So many messages are: reports are small. */
const MESSAGES_MAX = 1_000;

/**
 * While one batch is written the next one gathers: a transaction costs a sync of the disk, whether it carries one result
 * or a pack's, and a database that is slow is asked less often.
 */
export function createPackLedger(input: PackLedgerInput): PackLedger {
  const open = new Map<string, Claim>(input.claims.map(({ trialId, token }) => [trialId, { trialId, token }]));
  const reports = new Map<string, EpochReport[]>(input.claims.map(({ trialId }) => [trialId, []]));
  const notes = new Map<string, string[]>();
  const ending = new Set<string>();
  const waiting: PackMessage[] = [];
  let writing: Promise<void> | undefined;

  const lose = (trialIds: readonly string[]): void => {
    for (const trialId of trialIds) open.delete(trialId);
    if (open.size === 0) input.onAllLost();
  };
  const commit = {
    ...input,
    claimOf: (trialId: string) => open.get(trialId),
    notesOf: (trialId: string) => notes.get(trialId) ?? [],
    lose,
  };
  const note = ({ trialIds, text }: NoteMessage): void => {
    input.logger.info({ trials: trialIds.length, reason: text }, "pack does not train in one go");
    for (const trialId of trialIds) notes.set(trialId, [...(notes.get(trialId) ?? []), text]);
  };
  const writeBatch = async (batch: readonly PackMessage[]): Promise<void> => {
    const results = batch.filter((message): message is ResultMessage => message.kind === "result");
    // An abort is our own doing: the trial stays open, and whoever aborted hands it back.
    const failures = batch.filter((message): message is FailedMessage => {
      return message.kind === "failed" && message.code !== "aborted";
    });
    const ends = [...results, ...failures].map(({ trialId }) => trialId);
    for (const trialId of ends) ending.add(trialId);
    await commitReports(
      commit,
      batch.filter((message) => message.kind === "epoch"),
    );
    await commitResults(commit, results, (trialId) => reports.get(trialId) ?? []);
    await commitFailures(commit, failures);
    for (const trialId of ends) {
      open.delete(trialId);
      ending.delete(trialId);
    }
  };
  const writeAll = async (): Promise<void> => {
    // What the child said in one go is heard in one turn.
    await turn();
    while (waiting.length > 0) await writeBatch(waiting.splice(0, batchLength(waiting)));
    writing = undefined;
  };
  return {
    write: (message) => {
      if (message.kind === "note") return note(message);
      if (message.kind === "epoch") reports.get(message.trialId)?.push(message.report);
      waiting.push(message);
      writing ??= writeAll();
    },
    open: () => [...open.values()],
    isEnding: (trialId) => ending.has(trialId),
    lose,
    settled: async () => writing,
  };
}

/** How many of the messages that wait make the next batch. */
function batchLength(waiting: readonly PackMessage[]): number {
  let results = 0;
  const end = waiting.findIndex(({ kind }) => kind === "result" && ++results > RESULTS_MAX);
  return Math.min(MESSAGES_MAX, end === -1 ? waiting.length : end);
}
