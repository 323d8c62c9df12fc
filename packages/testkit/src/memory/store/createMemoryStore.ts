import { newId } from "@smoothsweep/runtime";
import type { Housekeeper, PlanningTools, PredictionStore, SweepControl, TrialStore } from "@smoothsweep/sweeps";
import type { StoreHarness } from "../../contracts/storeHarness.ts";
import { sha256, testCatalogue } from "../../factories/sweepFactory.ts";
import { createMemoryEventFeed, createMemoryRevocations } from "../createMemoryFeeds.ts";
import { createMemoryWorkerRegistry } from "../createMemoryWorkerRegistry.ts";
import { createTestClock } from "../createTestClock.ts";
import { claimTrials, renewLeases } from "./claims.ts";
import { createMemoryExporter, type MemoryExporter } from "./createMemoryExporter.ts";
import { deleteSweep, previewDeletion } from "./deleteSweep.ts";
import { extendSweep, previewExtension } from "./extendSweep.ts";
import { tidy } from "./housekeeping.ts";
import { mend, relayOutbox } from "./ledger.ts";
import { listCellTrials, listSweeps, listTrials } from "./pages.ts";
import { describePrediction, readPrediction } from "./predictions.ts";
import { getSweep, getTrial } from "./reads.ts";
import { acceptResults, recordReports } from "./results.ts";
import { failTrial, loseTrials, returnTrials } from "./settle.ts";
import { createSweep, findSubmission } from "./submissions.ts";
import type { Tables } from "./tables.ts";
import { asTransactions, type Immediate } from "./transactions.ts";
import { applyVerb } from "./verbs.ts";

export interface MemoryStore extends StoreHarness {
  exporter: MemoryExporter;
  tables: Tables;
}

/**
 * Every port of the ledger in memory: the laws as plain code, over the rules of the domain. What PostgreSQL does with
 * statements and locks is here one function after the other; both pass the same contract suites, and the same histories
 * bring both into the same states.
 * @param newId Names the trials of extensions.
 */
export function createMemoryStore(options: { newId?: PlanningTools["newId"] } = {}): MemoryStore {
  const clock = createTestClock();
  const feed = createMemoryEventFeed(clock.now);
  const revocations = createMemoryRevocations();
  const runningOf = (workerId: string) =>
    [...tables.trials.values()].filter(({ lease }) => lease?.workerId === workerId).length;
  const registry = createMemoryWorkerRegistry(runningOf, clock.now);
  const tables: Tables = {
    now: clock.now,
    sweeps: new Map(),
    trials: new Map(),
    submissions: new Map(),
    outbox: [],
    feed,
    revoke: revocations.revoke,
    liveWorkers: registry.live,
  };
  const begin = () => clock.pass(1);
  const predictions = asTransactions<PredictionStore>(
    {
      describe: (trialId, split) => describePrediction(tables, trialId, split),
      read: (trialId, split) => readPrediction(tables, trialId, split),
    },
    begin,
  );
  const tools = { hash: sha256, newId, turn: async () => {}, catalogue: testCatalogue, predictions, ...options };
  return {
    store: asTransactions<TrialStore>(trialStoreOf(tables), begin),
    control: asTransactions<SweepControl>(
      {
        apply: (sweepId, verb) => applyVerb(tables, sweepId, verb),
        extend: (sweepId, extension) => extendSweep(tables, { sweepId, extension, tools }),
        previewExtension: (sweepId, extension) => previewExtension(tables, { sweepId, extension, tools }),
        previewDeletion: (sweepId) => previewDeletion(tables, sweepId),
        delete: (sweepId, confirm) => deleteSweep(tables, sweepId, confirm),
      },
      begin,
    ),
    ledger: {
      relayOutbox: (limit, send) => relayOutbox(tables, limit, send),
      mend: async (patience) => mend(tables, patience),
    },
    predictions,
    exporter: createMemoryExporter(tables),
    tables,
    housekeeper: asTransactions<Housekeeper>({ tidy: () => tidy(tables) }, begin),
    registry,
    feed,
    revocations: revocations.join(),
    passTime: async (ms) => clock.pass(ms),
    close: async () => {},
  };
}

function trialStoreOf(tables: Tables): Immediate<TrialStore> {
  return {
    createSweep: (sweep, options) => createSweep(tables, sweep, options),
    findSubmission: (specHash, options) => findSubmission(tables, specHash, options),
    getSweep: (sweepId) => getSweep(tables, sweepId),
    listSweeps: (page) => listSweeps(tables, page),
    listTrials: (sweepId, page) => listTrials(tables, sweepId, page),
    getTrial: (trialId) => getTrial(tables, trialId),
    listCellTrials: (sweepId, page) => listCellTrials(tables, sweepId, page),
    claimTrials: (request) => claimTrials(tables, request),
    renewLeases: (claims, leaseMs) => renewLeases(tables, claims, leaseMs),
    recordReports: (reports) => recordReports(tables, reports),
    acceptResults: (results) => acceptResults(tables, results),
    failTrial: (failure) => failTrial(tables, failure),
    loseTrials: (claims, loss) => loseTrials(tables, claims, loss),
    returnTrials: (claims, reason) => returnTrials(tables, claims, reason),
  };
}
