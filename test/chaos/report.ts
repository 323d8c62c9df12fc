import { type Spread, spreadOf } from "./measure/percentiles.ts";
import type { Recovery } from "./measure/recovery.ts";
import type { ScheduleOutcome } from "./runSchedule.ts";

/** One line about a schedule that passed or failed. */
export function describeOutcome({ trials, attempts, recoveries, seconds, violations }: ScheduleOutcome): string {
  const reclaimed = recoveries.flatMap(({ reclaimedMs }) => reclaimedMs);
  return [
    violations.length === 0 ? "ok  " : "FAIL",
    `${seconds.toFixed(1)} s,`,
    `${attempts} attempts of ${trials} trials (${(attempts / trials).toFixed(2)}),`,
    `${reclaimed.length} trials reclaimed${inSeconds(spreadOf(reclaimed))}`,
  ].join(" ");
}

/** Recovery times by kind of fault, and executions per trial, over all schedules. */
export function describeRecoveries(outcomes: readonly ScheduleOutcome[]): string[] {
  const recoveries = outcomes.flatMap((outcome) => outcome.recoveries);
  const kinds = [...new Set(recoveries.map(({ kind }) => kind))].toSorted();
  const rows = [...kinds.map((kind) => [kind, recoveries.filter((one) => one.kind === kind)] as const)].map(
    ([kind, ofKind]) => row(kind, ofKind),
  );
  const attempts = outcomes.reduce((sum, outcome) => sum + outcome.attempts, 0);
  const trials = outcomes.reduce((sum, outcome) => sum + outcome.trials, 0);
  return [
    "seconds from a fault to the next accepted result, and to the next attempt of each trial that needed one",
    columns("fault", "times", "next result", "reclaimed"),
    columns("", "", "  p50   p95   max", "    n   p50   p95   max"),
    ...rows,
    row("all", recoveries),
    `executions per trial: ${(attempts / trials).toFixed(3)} (${attempts} attempts of ${trials} trials)`,
  ];
}

function row(kind: string, recoveries: readonly Recovery[]): string {
  const next = spreadOf(recoveries.flatMap(({ nextResultMs }) => nextResultMs ?? []));
  const reclaimed = spreadOf(recoveries.flatMap(({ reclaimedMs }) => reclaimedMs));
  const count = `${reclaimed?.count ?? 0}`.padStart(5);
  return columns(kind, `${recoveries.length}`.padStart(5), cells(next), `${count}${cells(reclaimed)}`);
}

function columns(kind: string, times: string, next: string, reclaimed: string): string {
  return `${kind.padEnd(22)}${times.padEnd(8)}${next.padEnd(22)}${reclaimed}`.trimEnd();
}

function cells(spread: Spread | undefined): string {
  if (spread === undefined) return "    -     -     -";
  return [spread.p50, spread.p95, spread.max].map((ms) => (ms / 1000).toFixed(1).padStart(6)).join("");
}

function inSeconds(spread: Spread | undefined): string {
  if (spread === undefined) return "";
  const [p50, p95, max] = [spread.p50, spread.p95, spread.max].map((ms) => (ms / 1000).toFixed(1));
  return ` in p50 ${p50} s, p95 ${p95} s, max ${max} s`;
}
