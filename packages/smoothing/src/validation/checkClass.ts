import { ArgumentError } from "./argumentError.ts";

/**
 * Refuses a class index outside [0, classCount).
 * @throws ArgumentError `class_out_of_range`
 */
export function checkClass(index: number, classCount: number, argument = "trueClass"): void {
  if (!Number.isInteger(index) || index < 0 || index >= classCount) {
    throw new ArgumentError("class_out_of_range", {
      argument,
      rule: `must be a whole number in [0, ${classCount - 1}]`,
      value: index,
    });
  }
}
