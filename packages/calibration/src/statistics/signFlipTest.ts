import { ArgumentError } from "../validation/argumentError.ts";
import { requireAllFinite, requireLength, requireNotEmpty } from "../validation/requireArray.ts";
import { requirePositiveInteger } from "../validation/requireNumber.ts";
import { compensatedSum } from "./sampleMoments.ts";
import { type RandomSource, seededRandom } from "./seededRandom.ts";

/** Outcome of a sign-flip permutation test. */
export interface SignFlip {
  /** `exact` counts all 2^n assignments; `monte-carlo` counts drawn ones. */
  readonly method: "exact" | "monte-carlo";
  /** Assignments looked at: 2^n, or the number of draws. */
  readonly assignments: number;
  /** Assignments whose sum is at least as far from 0 as the observed one. */
  readonly hits: number;
  /** Two-sided p: `hits / 2^n`, or `(1 + hits) / (1 + draws)`. */
  readonly pValue: number;
}

/** Assignments whose sums equal in exact arithmetic but for rounding must count: this share of sum |d| is forgiven. */
const tieTolerance = 1e-12;
/** 2^20 half sums each side: about 0.2 s and 16 MiB at most. */
const exactCountMax = 40;

/** All 2^m signed sums of the given values, sorted. */
function signedSums(values: readonly number[]): Float64Array {
  let sums: Float64Array = new Float64Array(1);
  for (const value of values) {
    const next: Float64Array = new Float64Array(sums.length * 2);
    for (let index = 0; index < sums.length; index++) {
      next[2 * index] = sums[index]! + value;
      next[2 * index + 1] = sums[index]! - value;
    }
    sums = next;
  }
  return sums.sort();
}

/** Counts pairs of half sums that reach the threshold, by two pointers over the sorted halves. */
function pairsAtLeast(first: Float64Array, second: Float64Array, threshold: number): number {
  let hits = 0;
  let start = second.length;
  for (const sum of first) {
    while (start > 0 && sum + second[start - 1]! >= threshold) start--;
    hits += second.length - start;
  }
  return hits;
}

function thresholdOf(differences: ArrayLike<number>): number {
  const scale = compensatedSum(Float64Array.from(differences, Math.abs));
  return Math.abs(compensatedSum(differences)) - tieTolerance * scale;
}

function requireDifferences(differences: readonly number[]): number {
  const count = requireNotEmpty("differences", differences);
  requireAllFinite("differences", differences);
  return count;
}

/**
 * Exact sign-flip permutation test: are paired differences centred on 0?
 *
 * Under the null every sign is as likely as its opposite. `hits` counts, over all 2^n sign assignments, those with
 * `|sum| >= |observed sum| - 1e-12 sum |d|`; `p = hits / 2^n`, never below 2 / 2^n. Counted by meeting in the middle,
 * O(n 2^(n/2)), so 30 pairs take a millisecond or so.
 *
 * @param differences - 1 to 40 finite paired differences
 * @returns assignments, hits and p
 * @throws {ArgumentError} empty, not finite, or more than 40 differences
 * @see Fisher, "The design of experiments", 1935
 */
export function signFlipExact(differences: readonly number[]): SignFlip {
  const count = requireDifferences(differences);
  if (count > exactCountMax)
    throw new ArgumentError("differences", `must have at most ${exactCountMax} values for an exact test`, count);
  const assignments = 2 ** count;
  const threshold = thresholdOf(differences);
  const half = count >> 1;
  const hits =
    threshold <= 0
      ? assignments
      : 2 * pairsAtLeast(signedSums(differences.slice(0, half)), signedSums(differences.slice(half)), threshold);
  return { method: "exact", assignments, hits, pValue: hits / assignments };
}

/**
 * Sign-flip test over given sign rows: `p = (1 + hits) / (1 + rows)`.
 *
 * @param differences - finite paired differences
 * @param signs - rows of +1 or -1, each as long as the differences
 * @returns rows looked at, hits and p
 * @throws {ArgumentError} empty, not finite, a row of another length, or a sign other than 1 and -1
 * @see Phipson, Smyth, "Permutation p-values should never be zero", 2010
 */
export function signFlipOfSigns(differences: readonly number[], signs: readonly ArrayLike<number>[]): SignFlip {
  requireDifferences(differences);
  requireNotEmpty("signs", signs);
  const threshold = thresholdOf(differences);
  let hits = 0;
  for (const [row, flips] of signs.entries()) {
    requireLength(`signs[${row}]`, flips, differences.length);
    const flipped = differences.map((difference, index) => {
      if (flips[index] !== 1 && flips[index] !== -1)
        throw new ArgumentError(`signs[${row}][${index}]`, "must be 1 or -1", flips[index]);
      return difference * flips[index];
    });
    if (Math.abs(compensatedSum(flipped)) >= threshold) hits++;
  }
  return { method: "monte-carlo", assignments: signs.length, hits, pValue: (1 + hits) / (1 + signs.length) };
}

/** Options of {@link signFlipTest}. */
export interface SignFlipOptions {
  /** Random assignments when there are too many differences for an exact count, 9999 (default). */
  readonly draws?: number;
  /** Source of uniform numbers in [0, 1), `seededRandom(0)` (default), so that results repeat. */
  readonly random?: RandomSource;
}

/**
 * Sign-flip permutation test: exact up to 40 differences, Monte Carlo above.
 *
 * @param differences - finite paired differences, for example metric of A minus metric of B over seeds
 * @param options - draws and random source of the Monte Carlo form
 * @returns method, assignments, hits and p
 * @throws {ArgumentError} when differences or draws break a rule
 * @see Fisher, "The design of experiments", 1935
 */
export function signFlipTest(differences: readonly number[], options: SignFlipOptions = {}): SignFlip {
  const { draws = 9999, random = seededRandom(0) } = options;
  if (requireDifferences(differences) <= exactCountMax) return signFlipExact(differences);
  requirePositiveInteger("draws", draws);
  const signs = Array.from({ length: draws }, () => Int8Array.from(differences, () => (random() < 0.5 ? 1 : -1)));
  return signFlipOfSigns(differences, signs);
}
