import type { PerClass } from "./perClass.ts";

/** One number when all classes share it exactly, else the array: plans for K = 32,000 stay small. */
export function compactPerClass(values: readonly number[]): PerClass {
  const first = values[0]!;
  return values.every((value) => value === first) ? first : values;
}
