import { setTimeout as delay } from "node:timers/promises";
import type { PlannedFault } from "./faults/fault.ts";
import type { Strike } from "./measure/recovery.ts";
import type { Schedule } from "./schedule/planSchedule.ts";
import type { ChaosStack } from "./stack/chaosStack.ts";

const POLL_MS = 50;

export interface Struck {
  strikes: Strike[];
  /** Faults that could not be made to happen, or found something wrong themselves. */
  problems: string[];
}

/**
 * Lets every fault of the schedule happen at its moment. Faults overlap, but those on the same thing wait for each other.
 * Resolves when the last one's cause is gone.
 */
export async function strikeAll(stack: ChaosStack, schedule: Schedule, signal: AbortSignal): Promise<Struck> {
  const struck: Struck = { strikes: [], problems: [] };
  const busy = new Map<string, Promise<void>>();
  for (const { afterResults, delayMs, fault } of schedule.steps) {
    while (!signal.aborted && (await acceptedSoFar(stack)) < afterResults) await delay(POLL_MS);
    await delay(delayMs);
    if (signal.aborted) break;
    const before = busy.get(fault.resource) ?? Promise.resolve();
    busy.set(
      fault.resource,
      before.then(() => strike(stack, fault, struck)),
    );
  }
  await Promise.all(busy.values());
  return struck;
}

async function strike(stack: ChaosStack, fault: PlannedFault, struck: Struck): Promise<void> {
  const atRisk = await runningAttempts(stack, fault.workers);
  struck.strikes.push({ kind: fault.kind, at: Date.now(), atRisk });
  await fault.strike(stack).catch((error: unknown) => {
    struck.problems.push(`${fault.kind}: ${error instanceof Error ? error.message : String(error)}`);
  });
}

async function acceptedSoFar({ probe }: ChaosStack): Promise<number> {
  const [row] = await probe.rows<{ accepted: number }>("SELECT count(*)::int AS accepted FROM result");
  return row?.accepted ?? 0;
}

async function runningAttempts({ probe, workers }: ChaosStack, numbers: readonly number[]): Promise<Strike["atRisk"]> {
  if (numbers.length === 0) return [];
  const pids = numbers.flatMap((number) => workers[number - 1]?.pid() ?? []);
  return probe.rowsNow(
    `SELECT t.id AS "trialId", t.fencing_token AS token FROM trial t JOIN worker w ON w.id = t.worker_id
     WHERE t.state = 'running' AND w.pid = ANY($1::int[])`,
    [pids],
  );
}
