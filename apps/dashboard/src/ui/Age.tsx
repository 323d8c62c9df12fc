import { formatAge } from "../format/formatDuration.ts";

/** A moment as its age, with the full date as a tooltip. */
export function Age({ at, nowMs }: { at: string; nowMs: number }) {
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={new Date(time).toLocaleString()}>
      {formatAge(time, nowMs)}
    </time>
  );
}
