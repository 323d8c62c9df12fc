import { ArgumentError } from "../validation/argumentError.ts";
import { checkRange } from "../validation/checkRange.ts";
import { checkSmoothing } from "./checkSmoothing.ts";
import type { SmoothingSpec } from "./smoothingSpec.ts";
import { uniformShare } from "./uniformShare.ts";

/**
 * The strength to write in a convention so that its canonical epsilon is e_u: the inverse of `canonicalEpsilon`.
 *
 * Off-target e = e_u (K-1)/K; additive e = e_u / (1-e_u); literal e = K e_u / (K+e_u);
 * wild e = e_u (K-1) / (K-e_u); ConvE e = 2 - 1/e_u, which exists only for e_u >= 1/2.
 *
 * @param canonical e_u in [0, 1]; below 1 for the additive conventions, in [1/2, 1] for ConvE
 * @param smoothing the convention wanted; its epsilon is ignored
 * @param classCount K, 2 or more
 * @returns e in the units of the convention
 * @throws ArgumentError `out_of_range` when the convention has no such strength
 * @example epsilonFromCanonical(0.1, { convention: "off-target" }, 10); // 0.09
 */
export function epsilonFromCanonical(
  canonical: number,
  smoothing: Omit<SmoothingSpec, "epsilon">,
  classCount: number,
): number {
  checkSmoothing({ ...smoothing, epsilon: 0 }, classCount);
  checkRange("canonical", canonical, { min: 0, max: 1 });
  const { self, other } = uniformShare(smoothing, classCount);
  switch (smoothing.convention) {
    case "uniform":
      return canonical;
    case "off-target":
    case "off-target-exclude-pad":
      return canonical * other;
    case "additive-normalised":
    case "additive-unnormalised":
      if (canonical === 1) throw unreachable(canonical, "must be below 1 in an additive convention");
      return canonical / (1 - canonical);
    case "literal-unnormalised":
      return canonical / (1 + canonical * self);
    case "wild-unnormalised":
      return (canonical * other) / (1 - canonical * self);
    case "conv-e":
      if (canonical < 0.5) throw unreachable(canonical, "must be in [0.5, 1] in convention conv-e");
      return 2 - 1 / canonical;
    default:
      return smoothing.convention satisfies never;
  }
}

function unreachable(value: number, rule: string): ArgumentError {
  return new ArgumentError("out_of_range", { argument: "canonical", rule, value });
}
