import { setTimeout as delay } from "node:timers/promises";
import type { ChaosStack } from "../stack/chaosStack.ts";
import { endOfLog, readRefusals } from "../stack/readRefusals.ts";
import { type AttemptName, runningAttempts } from "../stack/runningAttempts.ts";
import { waitUntil } from "../stack/waitUntil.ts";
import { bothQueues, type Fault } from "./fault.ts";

/** Longer than a lease. */
const FROZEN_MS = { low: 6_500, high: 9_500 };
/** Its trials are taken away within this, whatever else is broken meanwhile. */
const TAKEN_MS = 60_000;
/** A woken worker is told within this, also when its connections have to be given up first. */
const TOLD_MS = 60_000;

/**
 * A worker stops until its leases are over and its trials belong to nobody or others, and goes on as if nothing had
 * been. Its child has trained on: the results that the zombie now has must be refused, and this is where it is seen.
 */
export const freezeWorker: Fault = {
  kind: "worker.freeze",
  queues: bothQueues,
  draw: (random, { workers }) => {
    const worker = random.integer(1, workers);
    const frozenMs = random.integer(FROZEN_MS.low, FROZEN_MS.high);
    return {
      text: `SIGSTOP worker ${worker}, SIGCONT after ${frozenMs} ms and when its trials are lost`,
      resource: `worker-${worker}`,
      workers: [worker],
      strike: async (stack, seen) => {
        const service = stack.workers[worker - 1]!;
        const pid = await service.ready();
        service.kill("SIGSTOP");
        const from = endOfLog(service.logFile);
        const lost = await takenAway(stack, worker, frozenMs).finally(() => service.kill("SIGCONT"));
        const refused = () => readRefusals(service.logFile, { pid, from });
        const isTold = () => lost.every((trialId) => refused().has(trialId));
        // One that was told to end before it was stopped may end first.
        const isOver = await waitUntil(() => isTold() || service.pid() !== pid, TOLD_MS);
        if (!isOver) throw new Error(`worker ${worker} woke up and nobody refused it ${lost.join(", ")}`);
        seen.refused = refused().size;
      },
    };
  },
};

/** Waits while the worker is stopped. @returns the trials that it runs no longer without knowing it */
async function takenAway(stack: ChaosStack, worker: number, frozenMs: number): Promise<string[]> {
  const held = await heldBy(stack, worker);
  const areEnded = async () => (await outcomesOf(stack, held)).every(({ outcome }) => outcome !== null);
  const [areTaken] = await Promise.all([waitUntil(areEnded, TAKEN_MS), delay(frozenMs)]);
  if (!areTaken) throw new Error(`trials of a stopped worker were not taken away within ${TAKEN_MS} ms`);
  // What it had sent to the database before it was stopped may have been accepted.
  return (await outcomesOf(stack, held)).filter(({ outcome }) => outcome === "lost").map(({ trialId }) => trialId);
}

/** Its running attempts; waits while the database is away. */
async function heldBy({ probe, workers }: ChaosStack, worker: number): Promise<AttemptName[]> {
  let held: AttemptName[] | undefined;
  await waitUntil(async () => {
    held = await runningAttempts(probe, [workers[worker - 1]!]);
    return held !== undefined;
  }, TAKEN_MS);
  return held ?? [];
}

function outcomesOf({ probe }: ChaosStack, held: readonly AttemptName[]) {
  return probe.rows<{ trialId: string; outcome: string | null }>(
    `SELECT trial_id AS "trialId", outcome::text FROM attempt
     WHERE (trial_id, token) IN (SELECT * FROM unnest($1::text[], $2::int[]))`,
    [held.map(({ trialId }) => trialId), held.map(({ token }) => token)],
  );
}
