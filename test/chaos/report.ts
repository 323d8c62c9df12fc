import { type Spread, spreadOf } from "./measure/percentiles.ts";
import type { Recovery } from "./measure/recovery.ts";
import type { ScheduleRecord } from "./record.ts";

/** One line about a schedule that passed or failed. */
export function describeOutcome({
  trials,
  attempts,
  recoveries,
  seconds,
  violations,
}: Omit<ScheduleRecord, "number" | "queue" | "seed" | "commit">): string {
  const reclaimed = recoveries.flatMap(({ reclaimedMs }) => reclaimedMs);
  return [
    violations.length === 0 ? "ok  " : "FAIL",
    `${seconds.toFixed(1)} s,`,
    `${attempts} attempts of ${trials} trials (${(attempts / trials).toFixed(2)}),`,
    `${reclaimed.length} trials reclaimed${inSeconds(spreadOf(reclaimed))}`,
  ].join(" ");
}

/** Over all schedules: recovery times by kind of fault, how often each link was broken, and executions per trial. */
export function describeAll(records: readonly ScheduleRecord[]): string[] {
  const recoveries = records.flatMap((record) => record.recoveries);
  const kinds = [...new Set(recoveries.map(({ kind }) => kind))].toSorted();
  const attempts = records.reduce((sum, record) => sum + record.attempts, 0);
  const trials = records.reduce((sum, record) => sum + record.trials, 0);
  return [
    "seconds from a fault to the next accepted result, and to the next attempt of each trial that needed one;",
    "refused: trials that a zombie no longer had, statements that found the disk full",
    columns("fault", "times", { next: "next result", reclaimed: "reclaimed" }),
    columns("", "", { next: "  p50   p95   max", reclaimed: "    n   p50   p95   max", refused: "refused" }),
    ...kinds.map((kind) =>
      row(
        kind,
        recoveries.filter((one) => one.kind === kind),
      ),
    ),
    row("all", recoveries),
    ...describeLinks(recoveries),
    `executions per trial: ${(attempts / trials).toFixed(3)} (${attempts} attempts of ${trials} trials)`,
    `${describeVerdict(records)}`,
  ];
}

/** How often each link was broken, in which way. */
function describeLinks(recoveries: readonly Recovery[]): string[] {
  const ofNetwork = recoveries.filter(({ kind }) => kind.startsWith("network."));
  const countOf = (key: string) => ofNetwork.filter(({ kind, resource }) => `${resource}: ${kind}` === key).length;
  const links = [...new Set(ofNetwork.map(({ resource }) => resource))].toSorted();
  const kinds = [...new Set(ofNetwork.map(({ kind }) => kind))].toSorted();
  return links.map((link) => `${link}: ${kinds.map((kind) => `${countOf(`${link}: ${kind}`)} ${kind}`).join(", ")}`);
}

function describeVerdict(records: readonly ScheduleRecord[]): string {
  const failed = records.filter(({ violations }) => violations.length > 0).map(({ number }) => number);
  const [first] = records;
  const commits = [...new Set(records.map(({ commit }) => commit))].join(", ");
  const verdict = failed.length === 0 ? "all passed" : `failed: ${failed.join(", ")}`;
  return `${records.length} schedules on ${first?.queue}, seed ${first?.seed}, commit ${commits}: ${verdict}`;
}

function row(kind: string, recoveries: readonly Recovery[]): string {
  const next = spreadOf(recoveries.flatMap(({ nextResultMs }) => nextResultMs ?? []));
  const reclaimed = spreadOf(recoveries.flatMap(({ reclaimedMs }) => reclaimedMs));
  const count = `${reclaimed?.count ?? 0}`.padStart(5);
  const refused = recoveries.reduce((sum, one) => sum + one.refused, 0);
  return columns(kind, `${recoveries.length}`.padStart(5), {
    next: cells(next),
    reclaimed: `${count}${cells(reclaimed)}`,
    refused: refused > 0 ? `${refused}`.padStart(7) : "",
  });
}

function columns(kind: string, times: string, rest: { next: string; reclaimed: string; refused?: string }): string {
  const { next, reclaimed, refused = "" } = rest;
  return `${kind.padEnd(22)}${times.padEnd(8)}${next.padEnd(22)}${reclaimed.padEnd(25)}${refused}`.trimEnd();
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
