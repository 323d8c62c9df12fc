import { setTimeout as delay } from "node:timers/promises";
import type { ChaosStack } from "./chaosStack.ts";

/** A worker says every 5 s that it lives; one whose connection is dead needs up to 10 s to notice. */
const FRESH = "6 seconds";
const PATIENCE_MS = 25_000;
const POLL_MS = 200;

/** Waits until every worker process has said lately that it lives. @returns names of those that have not */
export async function awaitHeartbeats({ probe, workers }: ChaosStack): Promise<string[]> {
  const [start] = await probe.rows<{ after: string }>("SELECT (now() - $1::interval)::text AS after", [FRESH]);
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const heard = await probe.rows<{ pid: number }>("SELECT pid FROM worker WHERE seen_at > $1::timestamptz", [
      start?.after,
    ]);
    const pids = new Set(heard.map(({ pid }) => pid));
    const silent = workers.filter((worker) => !pids.has(worker.pid() ?? 0)).map(({ name }) => name);
    if (silent.length === 0 || performance.now() > giveUpAt) return silent;
    await delay(POLL_MS);
  }
}
