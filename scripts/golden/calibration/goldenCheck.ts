import type { GoldenOutcome } from "../goldenOutcome.ts";
import { refusal } from "../refusal.ts";

/** Tolerances of the golden README, on `|got - want| / max(1, |want|)`. */
export const tolerance = {
  value: 1e-12,
  statistic: 1e-8,
  root: 1e-8,
  temperature: 1e-6,
  nllAtOptimum: 1e-9,
  eceAfter: 1e-6,
} as const;

/** Expectation files write non-finite numbers as strings. */
export function expectedNumber(value: unknown): number | null {
  if (value === "NaN") return Number.NaN;
  if (value === "Infinity") return Number.POSITIVE_INFINITY;
  if (value === "-Infinity") return Number.NEGATIVE_INFINITY;
  return value === null ? null : Number(value);
}

/** Words and flags describe an entry; NaN and the infinities are numbers, though they are written as words. */
function isDescriptive(value: unknown): boolean {
  return typeof value === "boolean" || (typeof value === "string" && Number.isNaN(Number(value)) && value !== "NaN");
}

/** True for a value that is not defined: this package says `null` where the files say NaN or null. */
function isUndefined(value: number | null | undefined): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

/** Collects comparisons of one entry. */
export class GoldenCheck {
  private largestError = 0;
  private readonly problems: string[] = [];

  /** Compares one number; NaN and null both mean "not defined here" and equal each other. */
  number(path: string, got: number | null | undefined, want: unknown, allowed: number = tolerance.value): void {
    const target = expectedNumber(want);
    if (isUndefined(got) || isUndefined(target)) {
      if (isUndefined(got) !== isUndefined(target)) this.problem(path, got, want);
      return;
    }
    if (got === target) return;
    const error = Math.abs(got! - target!) / Math.max(1, Math.abs(target!));
    if (Number.isFinite(error)) this.largestError = Math.max(this.largestError, error);
    if (!(error <= allowed)) this.problem(path, got, want);
  }

  /** Compares one number by relative error alone. */
  relative(path: string, got: number, want: unknown, allowed: number): void {
    this.number(path, got / expectedNumber(want)!, 1, allowed);
  }

  /** Compares two lists of numbers. */
  numbers(path: string, got: ArrayLike<number | null>, want: unknown, allowed: number = tolerance.value): void {
    const targets = want as readonly unknown[];
    if (got.length !== targets.length) this.problem(`${path}.length`, got.length, targets.length);
    else for (const [index, target] of targets.entries()) this.number(`${path}[${index}]`, got[index], target, allowed);
  }

  /** Compares by identity: integers, booleans, strings. */
  exact(path: string, got: unknown, want: unknown): void {
    if (got !== want) this.problem(path, got, want);
  }

  /**
   * Walks every field of an expectation object and hands it to its comparison; a field nobody knows is a problem, so
   * that nothing with an expectation goes unchecked. Words and flags are descriptions, not expectations.
   */
  fields(
    path: string,
    expected: object,
    comparisons: Readonly<Record<string, (want: unknown, path: string) => void>>,
  ): void {
    for (const [name, want] of Object.entries(expected)) {
      const compare = comparisons[name];
      if (compare !== undefined) compare(want, `${path}${name}`);
      else if (!isDescriptive(want)) this.problems.push(`${path}${name}: no function checks this field`);
    }
  }

  /** Runs comparisons whose errors are the rounding of a printed value and do not count in the largest error. */
  withoutError(compare: () => void): void {
    const before = this.largestError;
    compare();
    this.largestError = before;
  }

  /** The outcome so far. */
  outcome(): GoldenOutcome {
    return { passed: this.problems.length === 0, largestError: this.largestError, problems: this.problems };
  }

  private problem(path: string, got: unknown, want: unknown): void {
    this.problems.push(`${path}: got ${String(got)}, want ${String(want)}`);
  }
}

/**
 * Runs the comparisons of one entry; an error that a function throws is a problem of the entry, not of the run. An entry
 * that is marked invalid passes when, and only when, a function refuses it with the typed error.
 */
export function checkEntry(entry: object, compare: (check: GoldenCheck) => void): GoldenOutcome {
  const check = new GoldenCheck();
  if ("validity" in entry && entry.validity === "invalid") return refusal(() => compare(check));
  try {
    compare(check);
  } catch (error) {
    check.exact("threw", String(error), "a result");
  }
  return check.outcome();
}
