/** How many times longer than the slowest sign so far the next one may take: batches differ. */
const SLOWEST_FACTOR = 10;
/** A worker that was itself stopped finds the signs of that time unread: it looks once more before it judges. */
const SECOND_LOOK_MS = 250;

export interface SilenceWatch {
  /** Call at every sign of life. */
  heard(): void;
  stop(): void;
}

/**
 * Calls `onSilence` when nothing was heard for `patienceMs`, or for ten times the longest pause between two signs, when
 * that is more: training whose batches are slow is not hung. By the monotonic clock.
 */
export function watchSilence(patienceMs: number, onSilence: (waitedMs: number) => void): SilenceWatch {
  let heardAtMs = performance.now();
  let slowestMs = 0;
  let isSuspected = false;
  let timer: NodeJS.Timeout | undefined;
  const silent = () => onSilence(performance.now() - heardAtMs);
  const suspect = () => {
    isSuspected = true;
    timer = setTimeout(silent, SECOND_LOOK_MS);
  };
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(suspect, Math.max(patienceMs, SLOWEST_FACTOR * slowestMs));
  };
  listen();
  return {
    heard: () => {
      const nowMs = performance.now();
      // What was found at a second look may have been said long before.
      if (!isSuspected) slowestMs = Math.max(slowestMs, nowMs - heardAtMs);
      isSuspected = false;
      heardAtMs = nowMs;
      listen();
    },
    stop: () => clearTimeout(timer),
  };
}
