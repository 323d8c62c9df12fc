import { ArgumentError } from "./argumentError.ts";
import { checkFiniteNumbers } from "./checkFiniteNumbers.ts";

/**
 * Refuses an empty list and any entry that is not a finite number of 0 or more.
 * @throws ArgumentError `empty_input`, `not_finite`, `out_of_range`
 */
export function checkMasses(argument: string, values: ArrayLike<number>): void {
  checkFiniteNumbers(argument, values);
  for (let index = 0; index < values.length; index++) {
    if (values[index]! < 0) {
      const rule = "must be 0 or more";
      throw new ArgumentError("out_of_range", { argument: `${argument}[${index}]`, rule, value: values[index] });
    }
  }
}
