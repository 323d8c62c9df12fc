import { ArgumentError } from "../validation/argumentError.ts";
import type { PerClass } from "./perClass.ts";

/**
 * The number of one class.
 *
 * @param values one number for all classes, or one each
 * @param index the class
 * @returns its number
 * @throws ArgumentError `class_out_of_range`
 */
export function perClassValue(values: PerClass, index: number): number {
  if (typeof values === "number") return values;
  const value = values[index];
  if (value !== undefined) return value;
  const rule = `must be a whole number in [0, ${values.length - 1}]`;
  throw new ArgumentError("class_out_of_range", { argument: "index", rule, value: index });
}
