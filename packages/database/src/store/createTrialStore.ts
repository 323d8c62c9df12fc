import type { TrialStore } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { translateErrors } from "../connection/translateErrors.ts";
import { acceptResults } from "./acceptResults.ts";
import { claimTrials, loseTrials, renewLeases, returnTrials } from "./claims.ts";
import { createSweep } from "./createSweep.ts";
import { failTrial, recordReports } from "./outcomes.ts";
import { listCellTrials } from "./readCellTrials.ts";
import { getSweep, listSweeps } from "./reads.ts";
import { getTrial, listTrials } from "./readTrials.ts";
import { findSubmission } from "./submissions.ts";

/** The port {@link TrialStore} on PostgreSQL. */
export function createTrialStore(database: Database): TrialStore {
  return translateErrors({
    createSweep: (sweep, options) => createSweep(database, sweep, options),
    findSubmission: (specHash, options) => findSubmission(database, specHash, options),
    getSweep: (sweepId) => getSweep(database, sweepId),
    listSweeps: (page) => listSweeps(database, page),
    listTrials: (sweepId, page) => listTrials(database, sweepId, page),
    getTrial: (trialId) => getTrial(database, trialId),
    listCellTrials: (sweepId, page) => listCellTrials(database, sweepId, page),
    claimTrials: (request) => claimTrials(database, request),
    renewLeases: (claims, leaseMs) => renewLeases(database, claims, leaseMs),
    recordReports: (reports) => recordReports(database, reports),
    acceptResults: (results) => acceptResults(database, results),
    failTrial: (failure) => failTrial(database, failure),
    loseTrials: (claims, loss) => loseTrials(database, claims, loss),
    returnTrials: (claims, reason) => returnTrials(database, claims, reason),
  });
}
