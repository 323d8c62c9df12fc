import type { Progress, TrialCounts } from "@smoothsweep/contracts";
import { formatCount } from "../format/formatCount.ts";
import { formatDuration, formatRate } from "../format/formatDuration.ts";

/** Props of {@link TrialProgress}. */
export interface TrialProgressProps {
  counts: TrialCounts;
  progress: Progress;
  isRunning: boolean;
  /** Said behind the count. */
  note?: string;
}

const parts = ["completed", "failed", "cancelled", "running", "pending"] as const;

/** How far a sweep is: done of distinct trials, with rate and time left. Failed trials are not done. */
export function TrialProgress({ counts, progress, isRunning, note }: TrialProgressProps) {
  const { completed, distinct } = counts;
  return (
    <div className="trial-progress">
      <div
        className="progress-bar"
        role="progressbar"
        aria-label="Trials completed"
        aria-valuemin={0}
        aria-valuemax={distinct}
        aria-valuenow={completed}
      >
        {parts.map((part) => (
          <span key={part} data-state={part} style={{ flexGrow: counts[part] }} />
        ))}
      </div>
      <p className="progress-text">
        <span>
          <strong data-testid="progress-done">{formatCount(completed)}</strong> of {formatCount(distinct)} trials
          {note !== undefined && <span className="muted"> ({note})</span>}
        </span>
        {isRunning && <span>{describePace(progress, counts)}</span>}
      </p>
    </div>
  );
}

/** Rate and time left in words. */
export function describePace({ trialsPerMinute, etaSeconds }: Progress, { running, completed }: TrialCounts): string {
  if (running === 0 && completed === 0) return "waiting for a worker";
  const rate = trialsPerMinute === null ? "measuring the rate" : formatRate(trialsPerMinute);
  return etaSeconds === null ? rate : `${rate} · ${formatDuration(etaSeconds)} left`;
}
