import { ArgumentError } from "./argumentError.ts";

/**
 * Refuses an empty list and any entry that is not a finite number.
 * @throws ArgumentError `empty_input`, `not_finite`
 */
export function checkFiniteNumbers(argument: string, values: ArrayLike<number>): void {
  if (values.length === 0) {
    throw new ArgumentError("empty_input", { argument, rule: "must hold at least one number", value: [] });
  }
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) {
      const place = `${argument}[${index}]`;
      throw new ArgumentError("not_finite", { argument: place, rule: "must be a finite number", value: values[index] });
    }
  }
}
