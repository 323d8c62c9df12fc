import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "./argumentError.ts";

/** How far from 1 a distribution may sum before it is refused. */
const slack = 1e-9;

/**
 * Refuses numbers that are no distribution over K classes: finite, 0 or more, summing to 1 within 1e-9.
 * @throws ArgumentError `wrong_length`, `invalid_mixing`
 */
export function checkDistribution(argument: string, values: readonly number[], classCount: number): void {
  if (values.length !== classCount) {
    throw new ArgumentError("wrong_length", {
      argument,
      rule: `must hold ${classCount} numbers`,
      value: values.length,
    });
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value) || value < 0);
  if (wrong !== -1) {
    const rule = "must be a finite number of 0 or more";
    throw new ArgumentError("invalid_mixing", { argument: `${argument}[${wrong}]`, rule, value: values[wrong] });
  }
  const total = sum(values);
  if (Math.abs(total - 1) > slack) {
    throw new ArgumentError("invalid_mixing", { argument: `the sum of ${argument}`, rule: "must be 1", value: total });
  }
}
