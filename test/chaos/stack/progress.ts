import { every } from "@smoothsweep/runtime";
import type { Probe } from "./probe.ts";

/** How many results there are. */
export async function acceptedSoFar(probe: Probe): Promise<number> {
  const [row] = await probe.rows<{ accepted: number }>("SELECT count(*)::int AS accepted FROM result");
  return row?.accepted ?? 0;
}

/** Whether there is work left to do. */
export async function hasOpenSweeps(probe: Probe): Promise<boolean> {
  const [row] = await probe.rows<{ open: number }>("SELECT count(*)::int AS open FROM sweep WHERE ended_at IS NULL");
  return (row?.open ?? 0) > 0;
}

const LOOK_MS = 1_000;

/** Raises a signal when no result has been accepted for so long. */
export function watchForStall(probe: Probe, patienceMs: number): { signal: AbortSignal; stop(): Promise<void> } {
  const stalled = new AbortController();
  let accepted = 0;
  let movedAt = performance.now();
  const look = async () => {
    const now = await acceptedSoFar(probe);
    if (now !== accepted) movedAt = performance.now();
    accepted = now;
    if (performance.now() - movedAt > patienceMs) stalled.abort();
  };
  // A database that is away for good is a stall as well.
  const onError = () => stalled.abort();
  const { stop } = every(LOOK_MS, { work: look, onError });
  return { signal: stalled.signal, stop };
}
