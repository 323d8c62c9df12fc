import { ArgumentError } from "./argumentError.ts";

/**
 * Refuses a number of classes that cannot be smoothed: it must be a whole number, 2 or more.
 * @throws ArgumentError `class_count_too_small`
 */
export function checkClassCount(classCount: number, argument = "classCount"): void {
  if (!Number.isInteger(classCount) || classCount < 2) {
    throw new ArgumentError("class_count_too_small", {
      argument,
      rule: "must be a whole number of 2 or more",
      value: classCount,
    });
  }
}
