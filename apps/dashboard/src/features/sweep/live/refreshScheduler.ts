/** Runs a refresh now and then, however often it is asked for. */
export interface RefreshScheduler {
  /** Asks for a refresh that starts after this call. */
  request(): void;
  /** Forgets what was asked for. */
  stop(): void;
}

/**
 * Refreshes at most once an interval, never twice at the same time, and always once more after the last request, so
 * that what is shown is never older than the last event.
 *
 * @param refresh its rejection is taken as done: the next request tries again
 */
export function createRefreshScheduler(refresh: () => Promise<unknown>, intervalMs: number): RefreshScheduler {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isWanted = false;
  let isStopped = false;
  let lastStartMs = Number.NEGATIVE_INFINITY;

  const start = async (): Promise<void> => {
    timer = undefined;
    isRunning = true;
    isWanted = false;
    lastStartMs = performance.now();
    await refresh().catch(() => undefined);
    isRunning = false;
    if (isWanted) plan();
  };
  const plan = (): void => {
    if (isStopped || isRunning || timer !== undefined) return;
    const delayMs = Math.max(0, lastStartMs + intervalMs - performance.now());
    timer = setTimeout(() => void start(), delayMs);
  };
  return {
    request() {
      isWanted = true;
      plan();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
