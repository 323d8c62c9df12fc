import { ArgumentError } from "../validation/argumentError.ts";

/**
 * Refuses a loss whose finite inputs have left the range of floating point in opposite directions (infinity minus
 * infinity, or zero times infinity), so that no function returns NaN.
 * @throws ArgumentError `not_finite`
 */
export function checkRepresentable(values: Iterable<number>): void {
  for (const value of values) {
    if (Number.isNaN(value)) {
      const rule = "must be small enough for a loss and a gradient in floating point";
      throw new ArgumentError("not_finite", { argument: "logits and weights", rule, value });
    }
  }
}
