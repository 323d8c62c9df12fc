/**
 * A length of time for people: `850ms`, `4.2s`, `3m 05s`, `2h 07m`, `3d 04h`.
 *
 * @param durationMs Milliseconds, at least 0; not finite (an ETA nobody knows) gives `?`.
 */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return "?";
  if (durationMs < 999.5) return `${Math.round(Math.max(0, durationMs))}ms`;
  if (durationMs < 9950) return `${(durationMs / 1000).toFixed(1)}s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return pair(seconds, 60, "m", "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(minutes, 60, "h", "m");
  return pair(Math.round(minutes / 60), 24, "d", "h");
}

function pair(total: number, base: number, large: string, small: string): string {
  return `${Math.floor(total / base)}${large} ${String(total % base).padStart(2, "0")}${small}`;
}
