import { setTimeout as delay } from "node:timers/promises";
import { isAppError } from "@smoothsweep/contracts";

const PAUSE_MS_MIN = 100;
const PAUSE_MS_MAX = 5_000;
/** What is neither a refusal nor an outage is tried so often: a deadlock passes, a bug does not. */
const UNKNOWN_TRIES = 6;

/**
 * Tries again until the database answers and has room, however long that takes: a result that was trained must not get
 * lost. An answer, also a refusal, is final.
 * @param signal Ends the patience: the last error is thrown.
 * @param wait Waits for so many milliseconds, or until the signal.
 */
export async function retrying<T>(work: () => Promise<T>, signal?: AbortSignal, wait = pause): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await work();
    } catch (error) {
      if (isFinal(error, failures) || signal?.aborted) throw error;
      await wait(pauseMs(failures), signal);
    }
  }
}

/** Whether the error says that the database cannot be asked at present, or has no room: it will, when somebody mends it. */
export function isOutage(error: unknown): boolean {
  return isAppError(error) && (error.code === "database_unavailable" || error.code === "database_exhausted");
}

function isFinal(error: unknown, failures: number): boolean {
  return !isOutage(error) && (isAppError(error) || failures >= UNKNOWN_TRIES);
}

/** Doubled with every failure, and drawn from the upper half, so that many workers do not come back at once. */
function pauseMs(failures: number): number {
  return Math.min(PAUSE_MS_MIN * 2 ** (failures - 1), PAUSE_MS_MAX) * (0.5 + Math.random() / 2);
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
