import { setTimeout as delay } from "node:timers/promises";
import type { SweepSpecInput } from "@smoothsweep/contracts";
import { openDatabase } from "@smoothsweep/database";
import type { BenchStack } from "./stack.ts";

/** What one sweep of trials that do nothing took. */
export interface Measured {
  submitSeconds: number;
  /** From the sweep's row being written until its first trial was claimed. */
  claimMilliseconds: number;
  /** From the first claim until the sweep's end. */
  seconds: number;
}

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

/** Submits a sweep through the REST API and waits for its last event; times are the database's. */
export async function measureSweep(stack: BenchStack, trials: number): Promise<Measured> {
  const startedAt = performance.now();
  const { id } = await stack.client.submitSweep(noopSpec(trials));
  const submitSeconds = (performance.now() - startedAt) / 1000;
  await sweepEnded(stack, id);
  const sweep = await stack.client.getSweep(id);
  if (sweep.state !== "completed" || sweep.counts.completed !== trials) {
    throw new Error(`the sweep ended ${sweep.state} with ${JSON.stringify(sweep.counts)}`);
  }
  return { submitSeconds, ...(await readTimes(stack, id)) };
}

/** Looks now and then: a hundred thousand events are not what is measured here. */
async function sweepEnded({ databaseUrl }: BenchStack, sweepId: string): Promise<void> {
  const database = openDatabase({ url: databaseUrl });
  for (;;) {
    const { rows } = await database.pool.query("SELECT ended_at FROM sweep WHERE id = $1", [sweepId]);
    if (rows[0].ended_at !== null) break;
    await delay(200);
  }
  await database.close();
}

async function readTimes({ databaseUrl }: BenchStack, sweepId: string) {
  const database = openDatabase({ url: databaseUrl });
  const { rows } = await database.pool.query(
    `SELECT extract(epoch FROM min(a.started_at) - s.created_at) * 1000 AS claim,
            extract(epoch FROM s.ended_at - min(a.started_at)) AS seconds
     FROM sweep s JOIN trial t ON t.sweep_id = s.id JOIN attempt a ON a.trial_id = t.id WHERE s.id = $1 GROUP BY s.id`,
    [sweepId],
  );
  await database.close();
  return { claimMilliseconds: Number(rows[0].claim), seconds: Number(rows[0].seconds) };
}
