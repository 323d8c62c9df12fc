import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkDistribution } from "../validation/checkDistribution.ts";
import type { StaticMixing } from "./mixing.ts";

/**
 * A mixing given as numbers: one vector u for all true classes, or a K x K matrix whose row y is u(.|y).
 * Rounding in the sum (up to 1e-9) is divided out.
 *
 * @param given K shares, or K rows of K shares, each 0 or more and summing to 1
 * @param classCount K
 * @returns the mixing, its rows summing to 1
 * @throws ArgumentError `wrong_length`, `invalid_mixing`
 */
export function givenMixing(
  given: readonly number[] | readonly (readonly number[])[],
  classCount: number,
): StaticMixing {
  if (isVector(given)) return { kind: "vector", values: normalised("mixing", given, classCount) };
  if (given.length !== classCount) {
    const rule = `must hold ${classCount} rows`;
    throw new ArgumentError("wrong_length", { argument: "mixing", rule, value: given.length });
  }
  return { kind: "matrix", rows: given.map((row, index) => normalised(`mixing[${index}]`, row, classCount)) };
}

function isVector(given: readonly number[] | readonly (readonly number[])[]): given is readonly number[] {
  return !Array.isArray(given[0]);
}

function normalised(argument: string, values: readonly number[], classCount: number): readonly number[] {
  checkDistribution(argument, values, classCount);
  const total = sum(values);
  return Math.abs(total - 1) <= 1e-15 ? values : values.map((value) => value / total);
}
