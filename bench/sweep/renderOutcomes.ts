import { type Comparison, isWithinTolerance } from "./agreement.ts";
import { ratesOf, type SweepOutcome } from "./outcome.ts";

/** Rows as columns of equal width; the first is left-aligned. */
export function renderColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}

function row(outcome: SweepOutcome, reference: SweepOutcome | undefined): string[] {
  const rates = ratesOf(outcome);
  const base = reference && ratesOf(reference);
  const ratio = (ours: number | null, theirs: number | null | undefined) =>
    ours === null || theirs === null || theirs === undefined ? "-" : (ours / theirs).toFixed(2);
  return [
    outcome.contestant,
    `${outcome.trained} of ${outcome.asked}`,
    `${(100 * rates.mergedShare).toFixed(1)} %`,
    outcome.startSeconds.toFixed(1),
    outcome.sweepSeconds.toFixed(1),
    rates.trainedPerMinute.toFixed(1),
    rates.deliveredPerMinute.toFixed(1),
    ratio(rates.deliveredPerMinute, base?.deliveredPerMinute),
    rates.deliveredPerMinuteFromStart.toFixed(1),
    ratio(rates.deliveredPerMinuteFromStart, base?.deliveredPerMinuteFromStart),
    outcome.stepMs.toFixed(2),
    rates.overheadMs.toFixed(0),
    rates.cpuSecondsPerTrial?.toFixed(2) ?? "-",
    ratio(base?.cpuSecondsPerTrial ?? null, rates.cpuSecondsPerTrial),
  ];
}

const HEAD = [
  [
    "contestant",
    "trained",
    "merged",
    "start",
    "sweep",
    "trained",
    "delivered",
    "ratio",
    "with start",
    "ratio",
    "step",
    "overhead",
    "CPU",
    "ratio",
  ],
  ["", "of asked", "", "s", "s", "/min", "/min", "", "/min", "", "ms", "ms/trial", "s/trial", ""],
];

/** The table of one round; ratios are to Optuna + PyTorch where it ran. */
export function renderOutcomes(outcomes: readonly SweepOutcome[]): string {
  const reference = outcomes.find(({ contestant }) => contestant.startsWith("Optuna"));
  const table = renderColumns([...HEAD, ...outcomes.map((outcome) => row(outcome, reference))]);
  return [table, ...outcomes.map(({ contestant, notes }) => `${contestant}: ${notes}`)].join("\n");
}

/** How far the metrics are from the peer's, and whether that is within seed noise. */
export function renderAgreement(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((comparison) => {
    const { metric, epsilon, convention, ours, theirs, tolerance } = comparison;
    const verdict = isWithinTolerance(comparison) ? "" : "TOO FAR";
    const numbers = [ours, theirs, ours - theirs, tolerance].map((value) => value.toFixed(4));
    return [metric, String(epsilon), convention, ...numbers, verdict];
  });
  return renderColumns([["metric", "epsilon", "convention", "ours", "peer", "difference", "tolerance", ""], ...rows]);
}
