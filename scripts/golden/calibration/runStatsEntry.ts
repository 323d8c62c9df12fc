import {
  bootstrap,
  holm,
  mean,
  meanConfidenceInterval,
  median,
  pairedDifferences,
  quantile,
  type SignFlip,
  type Statistic,
  signFlipExact,
  signFlipOfSigns,
  standardDeviation,
} from "@smoothsweep/calibration";
import type { GoldenOutcome } from "../goldenOutcome.ts";
import { checkEntry, expectedNumber, type GoldenCheck, tolerance } from "./goldenCheck.ts";

type Entry = Readonly<Record<string, unknown>>;

const ignored = () => undefined;

const statistics: Readonly<Record<string, Statistic>> = {
  mean,
  median,
  standardDeviation: (values) => standardDeviation(values) ?? 0,
  min: (values) => quantile(values, 0),
  max: (values) => quantile(values, 1),
};

function compareFlips(check: GoldenCheck, got: SignFlip) {
  return {
    assignments: (want: unknown, path: string) => check.exact(path, got.assignments, want),
    hits: (want: unknown, path: string) => check.exact(path, got.hits, want),
    pValue: (want: unknown, path: string) => check.number(path, got.pValue, want),
  };
}

interface Ends {
  readonly low: number | null;
  readonly high: number | null;
}

interface Wanted {
  readonly path: string;
  readonly want: unknown;
  readonly allowed: number;
}

/** An interval that is not defined may be written as null, "NaN" or a pair of either. */
function compareInterval(check: GoldenCheck, got: Ends | null, { path, want, allowed }: Wanted): void {
  const [low, high] = Array.isArray(want) ? want : [want, want];
  check.number(`${path}[0]`, got?.low, low, allowed);
  check.number(`${path}[1]`, got?.high, high, allowed);
}

function comparePaired(check: GoldenCheck, entry: Entry): void {
  const got = pairedDifferences(entry["a"] as number[], entry["b"] as number[]);
  const interval = meanConfidenceInterval(got.differences);
  check.fields("", entry, {
    a: ignored,
    b: ignored,
    differences: (want, path) => check.numbers(path, got.differences, want),
    n: (want, path) => check.exact(path, got.n, want),
    mean: (want, path) => check.number(path, got.mean, want),
    standardDeviation: (want, path) => check.number(path, got.standardDeviation, want),
    standardError: (want, path) => check.number(path, got.standardError, want),
    tCritical: (want, path) => check.number(path, got.tCritical, want, tolerance.statistic),
    ci95: (want, path) => {
      compareInterval(check, got, { path, want, allowed: tolerance.statistic });
      compareInterval(check, interval, {
        path: `${path} by meanConfidenceInterval`,
        want,
        allowed: tolerance.statistic,
      });
    },
    tStatistic: (want, path) => check.number(path, got.tStatistic, want),
    tPValue: (want, path) => check.number(path, got.tPValue, want, tolerance.statistic),
    signFlip: (want, path) => {
      if (want !== null) check.fields(`${path}.`, want as object, compareFlips(check, signFlipExact(got.differences)));
    },
  });
}

function compareMonteCarlo(check: GoldenCheck, entry: Entry): void {
  const got = signFlipOfSigns(entry["differences"] as number[], entry["signs"] as number[][]);
  check.fields("", entry, { differences: ignored, signs: ignored, ...compareFlips(check, got) });
}

function compareHolm(check: GoldenCheck, entry: Entry): void {
  const got = holm(entry["pValues"] as number[]);
  check.fields("", entry, {
    pValues: ignored,
    adjusted: (want, path) => check.numbers(path, got.adjusted, want),
    rejectAt05: (want, path) => check.exact(path, got.rejected.join(), (want as boolean[]).join()),
  });
}

function compareBootstrap(check: GoldenCheck, entry: Entry): void {
  const got = bootstrap(entry["data"] as number[], statistics[entry["statistic"] as string]!, {
    level: expectedNumber(entry["confidenceLevel"] ?? 0.95)!,
    resampleIndices: entry["resampleIndices"] as number[][],
  });
  check.fields("", entry, {
    data: ignored,
    statistic: ignored,
    confidenceLevel: ignored,
    resampleIndices: ignored,
    estimate: (want, path) => check.number(path, got.estimate, want),
    standardError: (want, path) => check.number(path, got.standardError, want),
    percentileInterval: (want, path) =>
      compareInterval(check, got.percentile, { path, want, allowed: tolerance.value }),
    // null says that the file did not compute it; NaN that there is none
    bcaInterval: (want, path) =>
      want === null ? undefined : compareInterval(check, got.bca, { path, want, allowed: tolerance.statistic }),
  });
}

const kinds: Readonly<Record<string, (check: GoldenCheck, entry: Entry) => void>> = {
  paired: comparePaired,
  signFlipMonteCarlo: compareMonteCarlo,
  holm: compareHolm,
  bootstrap: compareBootstrap,
};

/** Checks every expectation of one entry of stats.json. */
export function runStatsEntry(raw: unknown): GoldenOutcome {
  const entry = raw as Entry;
  const compare = kinds[String(entry["kind"])];
  if (compare === undefined) return { unknownKind: String(entry["kind"]) };
  if (entry["kind"] === "bootstrap" && !Object.hasOwn(statistics, String(entry["statistic"])))
    return { unknownKind: `bootstrap of ${String(entry["statistic"])}` };
  return checkEntry(entry, (check) => compare(check, entry));
}
