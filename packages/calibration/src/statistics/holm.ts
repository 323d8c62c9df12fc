import { requireAllUnit, requireNotEmpty } from "../validation/requireArray.ts";
import { requireOpenUnit } from "../validation/requireNumber.ts";

/** P-values adjusted for several comparisons. */
export interface HolmAdjustment {
  /** Adjusted p, in the order given. */
  readonly adjusted: readonly number[];
  /** Whether each is rejected: adjusted p at most the level. */
  readonly rejected: readonly boolean[];
}

/**
 * Holm's step-down adjustment: controls the chance of any false rejection among m tests.
 *
 * Smallest p first: `min(1, (m - rank) p)` with rank from 0, and a running maximum; reported in the order given.
 *
 * @param pValues - at least one p in [0, 1]
 * @param level - family-wise error rate in (0, 1), 0.05 (default)
 * @returns adjusted p and rejections
 * @throws {ArgumentError} empty, p outside [0, 1], or level out of range
 * @example
 * ```ts
 * holm([0.01, 0.04, 0.03, 0.005]).adjusted; // [0.03, 0.06, 0.06, 0.02]
 * ```
 * @see Holm, "A simple sequentially rejective multiple test procedure", 1979
 */
export function holm(pValues: readonly number[], level = 0.05): HolmAdjustment {
  requireNotEmpty("pValues", pValues);
  requireAllUnit("pValues", pValues);
  requireOpenUnit("level", level);
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]! || a - b);
  const adjusted = new Array<number>(pValues.length);
  let running = 0;
  for (const [rank, index] of order.entries()) {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = running;
  }
  return { adjusted, rejected: adjusted.map((value) => value <= level) };
}
