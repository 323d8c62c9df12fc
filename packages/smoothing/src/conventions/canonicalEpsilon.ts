import { checkSmoothing } from "./checkSmoothing.ts";
import { rowSplit } from "./rowSplit.ts";
import type { SmoothingSpec } from "./smoothingSpec.ts";
import { uniformShare } from "./uniformShare.ts";

/**
 * The uniform-equivalent epsilon of a smoothing under uniform mixing: the e_u for which the row divided by its sum is
 * (1 - e_u) onehot + e_u / K (over the usable classes where padding is left out).
 *
 * | convention | e_u |
 * |---|---|
 * | uniform | e |
 * | off-target | e K / (K-1) |
 * | off-target-exclude-pad | e (K-1) / (K-2) |
 * | additive-normalised, additive-unnormalised | e / (1+e) |
 * | literal-unnormalised | K e / (K-e) |
 * | wild-unnormalised | K e / (K-1+e) |
 * | conv-e | 1 / (2-e) |
 *
 * @param smoothing the strength in the user's convention
 * @param classCount K, 2 or more
 * @returns e_u in [0, 1]; rounding past 1 at the edge of the domain is cut off
 * @throws ArgumentError when the smoothing is outside its domain, see {@link checkSmoothing}
 * @example canonicalEpsilon({ convention: "off-target", epsilon: 0.09 }, 10); // 0.1
 * @see Szegedy et al. 2015, https://arxiv.org/abs/1512.00567
 */
export function canonicalEpsilon(smoothing: SmoothingSpec, classCount: number): number {
  checkSmoothing(smoothing, classCount);
  const split = rowSplit(smoothing.convention, smoothing.epsilon, uniformShare(smoothing, classCount));
  return Math.min(1, split.epsilon);
}
