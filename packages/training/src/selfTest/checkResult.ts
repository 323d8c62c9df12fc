/** One comparison of an engine's numbers with the right ones. */
export interface CheckResult {
  readonly name: string;
  /** Largest difference, relative to the largest right value; NaN when the engine gave a NaN. */
  readonly deviation: number;
  readonly tolerance: number;
}

/** Largest absolute difference over the largest absolute expected value. */
export function largestDeviation(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.NaN;
  let difference = 0;
  let scale = 0;
  for (let index = 0; index < expected.length; index++) {
    // Math.max passes a NaN on, and a NaN deviation is within no tolerance.
    difference = Math.max(difference, Math.abs((actual[index] as number) - (expected[index] as number)));
    scale = Math.max(scale, Math.abs(expected[index] as number));
  }
  return difference / (scale || 1);
}
