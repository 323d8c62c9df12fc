import type { Progress, TrialCounts } from "@smoothsweep/contracts";

/**
 * Rate and remaining time of a sweep from what is done so far.
 * @param elapsedSeconds From the sweep's first claim until now, or until its end.
 */
export function progressOf(counts: TrialCounts, elapsedSeconds: number | null): Progress {
  const done = counts.completed + counts.failed + counts.cancelled;
  if (elapsedSeconds === null || elapsedSeconds <= 0 || done < 2) return { trialsPerMinute: null, etaSeconds: null };
  const remaining = counts.pending + counts.running;
  return { trialsPerMinute: (60 * done) / elapsedSeconds, etaSeconds: (elapsedSeconds / done) * remaining };
}
