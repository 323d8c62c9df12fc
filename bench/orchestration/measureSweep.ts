import { setTimeout as delay } from "node:timers/promises";
import type { SweepSpecInput } from "@smoothsweep/contracts";
import { openDatabase } from "@smoothsweep/database";
import type { BenchStack } from "./stack.ts";

/** What one sweep of trials that do nothing took. */
export interface Measured {
  submitSeconds: number;
  /** From the answer to the submission until its first trial was claimed. */
  claimMilliseconds: number;
  /** From the first claim until the sweep's end. */
  seconds: number;
}

/** Nothing may hang: a sweep that takes three times what it should, and a while, is given up. */
const PATIENCE_SECONDS = 120;
const PATIENCE_SECONDS_PER_TRIAL = 0.015;
const LOOK_MS = 200;
const TELL_MS = 15_000;

/** Seeds are used once, so that no sweep finds results of an earlier one. */
let nextSeed = 0;

/** Different trials in groups of at most 1,000: what is varied is epsilon, and the seed. */
export function noopSpec(trials: number): SweepSpecInput {
  const seeds = Math.max(1, Math.ceil(trials / 1000));
  const firstSeed = nextSeed;
  nextSeed += seeds;
  return {
    name: `${trials} trials that do nothing, from seed ${firstSeed}`,
    data: { dataset: "synthetic-blobs", train: 600, validation: 200, test: 300 },
    training: { epochs: 50, batchSize: 64 },
    axes: { "smoothing.epsilon": Array.from({ length: trials / seeds }, (_, index) => index / 1250) },
    seeds: Array.from({ length: seeds }, (_, seed) => firstSeed + seed),
  };
}

/**
 * Submits a sweep through the REST API and waits for its end; times are the database's, whose clock is this machine's.
 * @throws Error when it does not end in time, or ends otherwise than completed
 */
export async function measureSweep(stack: BenchStack, trials: number): Promise<Measured> {
  const database = openDatabase({ url: stack.databaseUrl });
  try {
    const startedAt = performance.now();
    const { id } = await stack.client.submitSweep(noopSpec(trials));
    const submitSeconds = (performance.now() - startedAt) / 1000;
    const answeredAt = new Date();
    await sweepEnded(database, id, trials);
    const sweep = await stack.client.getSweep(id);
    if (sweep.state !== "completed" || sweep.counts.completed !== trials) {
      throw new Error(`the sweep ended ${sweep.state} with ${JSON.stringify(sweep.counts)}`);
    }
    return { submitSeconds, ...(await readTimes(database, id, answeredAt)) };
  } finally {
    await database.close();
  }
}

type Database = ReturnType<typeof openDatabase>;

/** Looks now and then: a hundred thousand events are not what is measured here. Says on stderr how far it has come. */
async function sweepEnded({ pool }: Database, sweepId: string, trials: number): Promise<void> {
  const startedAt = performance.now();
  const giveUpAt = startedAt + 1000 * (PATIENCE_SECONDS + PATIENCE_SECONDS_PER_TRIAL * trials);
  for (let tellAt = startedAt + TELL_MS; ; ) {
    const { rows } = await pool.query("SELECT ended_at FROM sweep WHERE id = $1", [sweepId]);
    if (rows[0].ended_at !== null) return;
    const now = performance.now();
    if (now > tellAt) {
      const done = await completed(pool, sweepId);
      const seconds = ((now - startedAt) / 1000).toFixed(0);
      console.error(`  ${done} of ${trials} trials after ${seconds} s`);
      if (now > giveUpAt) throw new Error(`given up after ${seconds} s with ${done} of ${trials} trials`);
      tellAt = now + TELL_MS;
    }
    await delay(LOOK_MS);
  }
}

async function completed(pool: Database["pool"], sweepId: string): Promise<number> {
  const { rows } = await pool.query(
    "SELECT count(*)::int AS done FROM trial WHERE sweep_id = $1 AND state = 'completed'",
    [sweepId],
  );
  return rows[0].done;
}

async function readTimes({ pool }: Database, sweepId: string, answeredAt: Date) {
  const { rows } = await pool.query(
    `SELECT extract(epoch FROM min(a.started_at) - $2::timestamptz) * 1000 AS claim,
            extract(epoch FROM s.ended_at - min(a.started_at)) AS seconds
     FROM sweep s JOIN trial t ON t.sweep_id = s.id JOIN attempt a ON a.trial_id = t.id WHERE s.id = $1 GROUP BY s.id`,
    [sweepId, answeredAt],
  );
  return { claimMilliseconds: Number(rows[0].claim), seconds: Number(rows[0].seconds) };
}
