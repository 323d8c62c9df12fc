import { ArgumentError } from "../validation/argumentError.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkRange } from "../validation/checkRange.ts";
import { exactFloorPower } from "./exactFloorPower.ts";

/** A long-tailed profile of class counts. */
export interface LongTailOptions {
  /** `exponential`: n_k = floor(max IF^(-k/(K-1))). `step`: the first floor(K/2) classes max, the others floor(max / IF). */
  readonly profile: "exponential" | "step";
  /** K, 1 or more. */
  readonly classCount: number;
  /** The count of the most frequent class, a whole number of 1 or more. */
  readonly maxCount: number;
  /** IF = largest / smallest count, 1 or more. */
  readonly imbalanceFactor: number;
}

/**
 * The class counts of a long-tailed data set. The floor is that of the exact real number, not of its double:
 * 243 x 243^(-1/5) is 81, although floating point may say 80.999...
 *
 * @param options profile, K, the largest count and the imbalance factor
 * @returns K counts, never rising; the tail may reach 0
 * @throws ArgumentError `out_of_range`, `not_finite`, `invalid_argument` for an unknown profile
 * @example longTailCounts({ profile: "exponential", classCount: 3, maxCount: 1000, imbalanceFactor: 100 }); // [1000, 100, 10]
 * @see Cui et al. 2019, https://arxiv.org/abs/1901.05555 (exponential); Buda et al. 2018, https://arxiv.org/abs/1710.05381 (step)
 */
export function longTailCounts({ profile, classCount, maxCount, imbalanceFactor }: LongTailOptions): number[] {
  checkChoice("profile", profile, ["exponential", "step"]);
  checkWhole("classCount", classCount);
  checkWhole("maxCount", maxCount);
  checkRange("imbalanceFactor", imbalanceFactor, { min: 1 });
  const steps = classCount - 1;
  return Array.from({ length: classCount }, (_, index) => {
    if (classCount === 1) return maxCount;
    const power = profile === "exponential" ? index : index < Math.floor(classCount / 2) ? 0 : steps;
    return exactFloorPower({ maxCount, imbalanceFactor, power, steps });
  });
}

function checkWhole(argument: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new ArgumentError("out_of_range", { argument, rule: "must be a whole number of 1 or more", value });
  }
}
