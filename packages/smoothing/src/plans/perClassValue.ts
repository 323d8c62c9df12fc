import type { PerClass } from "./perClass.ts";

/** The number of one class. */
export function perClassValue(values: PerClass, index: number): number {
  return typeof values === "number" ? values : values[index]!;
}
