const units = [
  { name: "d", seconds: 86_400 },
  { name: "h", seconds: 3_600 },
  { name: "min", seconds: 60 },
  { name: "s", seconds: 1 },
] as const;

/**
 * A duration in its two largest units: `8 s`, `1 min 20 s`, `2 h 5 min`, `3 d 4 h`.
 *
 * @param seconds negative and broken values count as 0
 */
export function formatDuration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const index = units.findIndex((unit) => whole >= unit.seconds);
  const [first, second] = [units[index], units[index + 1]];
  if (first === undefined) return "0 s";
  const count = Math.floor(whole / first.seconds);
  if (second === undefined) return `${count} ${first.name}`;
  const rest = Math.floor((whole - count * first.seconds) / second.seconds);
  return rest === 0 ? `${count} ${first.name}` : `${count} ${first.name} ${rest} ${second.name}`;
}

/** How long ago a moment was, in its largest unit: `just now`, `5 min ago`, `3 d ago`. */
export function formatAge(thenMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - thenMs) / 1000));
  if (seconds < 10) return "just now";
  const unit = units.find((candidate) => seconds >= candidate.seconds) ?? units[3];
  return `${Math.floor(seconds / unit.seconds)} ${unit.name} ago`;
}

/** Trials a minute, or an hour where they are slow: `12.3 trials/min`, `8 trials/h`. */
export function formatRate(trialsPerMinute: number): string {
  const [value, unit] = trialsPerMinute >= 1 ? [trialsPerMinute, "min"] : [trialsPerMinute * 60, "h"];
  return `${value < 100 ? Number(value.toFixed(1)) : Math.round(value)} trials/${unit}`;
}
