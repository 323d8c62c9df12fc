import type { ChaosStack } from "./chaosStack.ts";
import { waitUntil } from "./waitUntil.ts";

/** A worker says every 5 s that it lives. */
const FRESH = "6 seconds";
/** One whose connection is dead needs 10 s to notice, one that was just started anew must prove its engine. */
const PATIENCE_MS = 60_000;

/** Waits until every worker process has said lately that it lives. @returns names of those that have not */
export async function awaitHeartbeats({ probe, workers }: ChaosStack): Promise<string[]> {
  const [start] = await probe.rows<{ after: string }>("SELECT (now() - $1::interval)::text AS after", [FRESH]);
  let silent: string[] = [];
  await waitUntil(async () => {
    const heard = await probe.rows<{ pid: number }>("SELECT pid FROM worker WHERE seen_at > $1::timestamptz", [
      start?.after,
    ]);
    const pids = new Set(heard.map(({ pid }) => pid));
    silent = workers.filter((worker) => !pids.has(worker.pid() ?? 0)).map(({ name }) => name);
    return silent.length === 0;
  }, PATIENCE_MS);
  return silent;
}
