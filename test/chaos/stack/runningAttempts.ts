import type { KeptService } from "./keptService.ts";
import type { Probe } from "./probe.ts";

/** One execution of a trial. */
export interface AttemptName {
  trialId: string;
  token: number;
}

/** Attempts that these workers' processes of this moment are running; undefined while the database is away. */
export function runningAttempts(probe: Probe, workers: readonly KeptService[]): Promise<AttemptName[] | undefined> {
  const pids = workers.flatMap((worker) => worker.pid() ?? []);
  return probe.rowsNow(
    `SELECT t.id AS "trialId", t.fencing_token AS token FROM trial t JOIN worker w ON w.id = t.worker_id
     WHERE t.state = 'running' AND w.pid = ANY($1::int[])`,
    [pids],
  );
}
