import { setTimeout as delay } from "node:timers/promises";
import type { PlannedFault } from "./faults/fault.ts";
import type { Strike } from "./measure/recovery.ts";
import type { Schedule } from "./schedule/planSchedule.ts";
import type { ChaosStack } from "./stack/chaosStack.ts";
import { acceptedSoFar, hasOpenSweeps } from "./stack/progress.ts";
import { runningAttempts } from "./stack/runningAttempts.ts";

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
    while (!signal.aborted && (await acceptedSoFar(stack.probe)) < afterResults) await delay(POLL_MS);
    await delay(delayMs);
    if (signal.aborted) break;
    const before = busy.get(fault.resource) ?? Promise.resolve();
    busy.set(
      fault.resource,
      before.then(() => strike(stack, fault, { struck, signal })),
    );
  }
  await Promise.all(busy.values());
  return struck;
}

async function strike(
  stack: ChaosStack,
  fault: PlannedFault,
  { struck, signal }: { struck: Struck; signal: AbortSignal },
): Promise<void> {
  const atRisk = await attemptsAtRisk(stack, fault.workers, signal);
  const one = { kind: fault.kind, resource: fault.resource, at: Date.now(), atRisk, refused: 0 };
  struck.strikes.push(one);
  await fault.strike(stack, one).catch((error: unknown) => {
    struck.problems.push(`${fault.kind}: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/**
 * What the workers run. A fault that is aimed at workers waits until they have something to lose, while there is work; not
 * while the database is away, for that two things break at once is meant.
 */
async function attemptsAtRisk(
  { probe, workers }: ChaosStack,
  numbers: readonly number[],
  signal: AbortSignal,
): Promise<Strike["atRisk"]> {
  if (numbers.length === 0) return [];
  const meant = numbers.flatMap((number) => workers[number - 1] ?? []);
  for (;;) {
    const running = await runningAttempts(probe, meant);
    if (running === undefined) return [];
    if (running.length > 0 || signal.aborted || !(await hasOpenSweeps(probe))) return running;
    await delay(POLL_MS);
  }
}
