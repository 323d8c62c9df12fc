import { requireAllFinite, requireLength, requireNotEmpty } from "../validation/requireArray.ts";
import { requireOpenUnit } from "../validation/requireNumber.ts";
import { mean, standardDeviation } from "./sampleMoments.ts";
import { type SignFlip, type SignFlipOptions, signFlipTest } from "./signFlipTest.ts";
import { studentTCritical, studentTPValue } from "./studentT.ts";

/** Comparison of two settings over the same seeds. */
export interface PairedDifferences {
  /** `a - b`, pair by pair. */
  readonly differences: readonly number[];
  readonly n: number;
  readonly mean: number;
  /** With n - 1; `null` when n = 1. */
  readonly standardDeviation: number | null;
  /** `standardDeviation / sqrt(n)`; `null` when n = 1. */
  readonly standardError: number | null;
  /** Two-sided Student t value of the level; `null` when n = 1. */
  readonly tCritical: number | null;
  /** Lower end of the t interval of the mean; the mean itself without spread; `null` when n = 1. */
  readonly low: number | null;
  /** Upper end. */
  readonly high: number | null;
  /** `mean / standardError`; `null` without spread or when n = 1. */
  readonly tStatistic: number | null;
  /** Two-sided p of the t statistic; `null` where that is. */
  readonly tPValue: number | null;
  /** Sign-flip permutation test, which assumes no normal distribution. */
  readonly signFlip: SignFlip;
}

/** Options of {@link pairedDifferences}. */
export interface PairedOptions extends SignFlipOptions {
  /** Coverage of the interval in (0, 1), 0.95 (default). */
  readonly level?: number;
}

/** True when the differences vary by no more than the rounding of the subtractions that made them. */
function isRoundingOnly(a: readonly number[], b: readonly number[], spread: number): boolean {
  let scale = 0;
  for (let index = 0; index < a.length; index++) scale = Math.max(scale, Math.abs(a[index]!), Math.abs(b[index]!));
  return spread <= 2 * Number.EPSILON * scale;
}

/**
 * Paired comparison over seeds: mean difference with t interval, t test and sign-flip permutation p.
 *
 * Pairs share the seed (data order, initialisation), so the variance between seeds cancels. Without spread the interval
 * is the point and t has no value; one pair has no spread at all, so everything but mean and sign flip is `null`.
 *
 * @param a - metric of the first setting, one finite number per seed
 * @param b - metric of the second setting, the same seeds in the same order
 * @param options - level of the interval, and the sign-flip options
 * @returns the comparison; positive mean: a is larger
 * @throws {ArgumentError} empty, lengths differ, not finite, or level out of range
 * @see Student 1908; Fisher 1935
 */
export function pairedDifferences(
  a: readonly number[],
  b: readonly number[],
  options: PairedOptions = {},
): PairedDifferences {
  const { level = 0.95, ...flips } = options;
  requireOpenUnit("level", level);
  const n = requireNotEmpty("a", a);
  requireLength("b", b, n);
  requireAllFinite("a", a);
  requireAllFinite("b", b);
  const differences = a.map((value, index) => value - b[index]!);
  const centre = mean(differences);
  const signFlip = signFlipTest(differences, flips);
  const measured = standardDeviation(differences);
  if (measured === null) return { differences, n, mean: centre, ...noSpread, signFlip };
  const sd = isRoundingOnly(a, b, measured) ? 0 : measured;
  const standardError = sd / Math.sqrt(n);
  const tCritical = studentTCritical(level, n - 1);
  const half = tCritical * standardError;
  const tStatistic = sd === 0 ? null : centre / standardError;
  const tPValue = tStatistic === null ? null : studentTPValue(tStatistic, n - 1);
  const interval = { low: centre - half, high: centre + half };
  return {
    differences,
    n,
    mean: centre,
    standardDeviation: sd,
    standardError,
    tCritical,
    ...interval,
    tStatistic,
    tPValue,
    signFlip,
  };
}

const noSpread = {
  standardDeviation: null,
  standardError: null,
  tCritical: null,
  low: null,
  high: null,
  tStatistic: null,
  tPValue: null,
} as const;
