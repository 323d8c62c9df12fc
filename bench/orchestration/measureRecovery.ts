import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { openDatabase } from "@smoothsweep/database";
import { noopSpec } from "./measureSweep.ts";
import { type BenchStack, stopProcess } from "./stack.ts";

/** A pack of eight takes so long: long enough to be hit. */
const PACK_MILLISECONDS = 1500;
/** More than the workers can do while they are killed. */
const TRIALS = 4000;
/** Nothing may hang: trials that do not run again within this are given up. */
const PATIENCE_MS = 60_000;

/**
 * Kills a worker again and again while a sweep runs, each time replacing it.
 * @returns for every trial that was lost, seconds from the kill until it ran elsewhere
 */
export async function measureRecovery(stack: BenchStack, kills: number): Promise<number[]> {
  const database = openDatabase({ url: stack.databaseUrl });
  const workers = await Promise.all([startWorker(stack), startWorker(stack)]);
  const { id } = await stack.client.submitSweep(noopSpec(TRIALS));
  const waits: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    await delay(PACK_MILLISECONDS);
    const victim = workers.shift() as ChildProcess;
    const lost = await running(database, id, victim.pid as number);
    const [{ rows }] = await Promise.all([database.pool.query("SELECT now() AS at"), stopProcess(victim, "SIGKILL")]);
    waits.push(...(await restartedAfter(database, { lost, killedAt: rows[0].at })));
    console.error(`  ${kill + 1} of ${kills} workers killed, ${waits.length} trials lost`);
    workers.push(await startWorker(stack));
  }
  await Promise.all(workers.map((worker) => stopProcess(worker)));
  await database.close();
  return waits;
}

function startWorker(stack: BenchStack): Promise<ChildProcess> {
  return stack.startWorker({ reports: 0, milliseconds: PACK_MILLISECONDS });
}

type Database = ReturnType<typeof openDatabase>;

async function running(database: Database, sweepId: string, pid: number): Promise<{ id: string; token: number }[]> {
  const { rows } = await database.pool.query(
    `SELECT t.id, t.fencing_token AS token FROM trial t JOIN worker w ON w.id = t.worker_id
     WHERE t.sweep_id = $1 AND t.state = 'running' AND w.pid = $2`,
    [sweepId, pid],
  );
  return rows;
}

/** Waits until every lost trial has a newer attempt; a trial that was done before the kill has none and is left out. */
async function restartedAfter(
  database: Database,
  { lost, killedAt }: { lost: { id: string; token: number }[]; killedAt: Date },
): Promise<number[]> {
  for (const giveUpAt = performance.now() + PATIENCE_MS; performance.now() < giveUpAt; ) {
    const { rows } = await database.pool.query(
      `SELECT t.state, extract(epoch FROM n.started_at - $3::timestamptz)::float AS wait
       FROM unnest($1::text[], $2::int[]) AS l(id, token) JOIN trial t ON t.id = l.id
       LEFT JOIN attempt n ON n.trial_id = l.id AND n.token = l.token + 1
       WHERE NOT EXISTS (SELECT 1 FROM result r WHERE r.trial_id = l.id AND r.token = l.token)`,
      [lost.map(({ id }) => id), lost.map(({ token }) => token), killedAt],
    );
    if (rows.every(({ wait }) => wait !== null)) return rows.map(({ wait }) => wait as number);
    await delay(100);
  }
  throw new Error(`trials of a killed worker did not run again within ${PATIENCE_MS / 1000} s`);
}
