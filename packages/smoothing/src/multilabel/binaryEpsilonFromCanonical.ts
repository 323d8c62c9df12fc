import { ArgumentError } from "../validation/argumentError.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkRange } from "../validation/checkRange.ts";
import { type BinaryConventionName, binaryConventionNames } from "./binaryConvention.ts";

/**
 * The strength to write in a binary convention so that its canonical (half) strength is s: the inverse of
 * `binaryTargets(...).canonicalEpsilon`. half s; flip s / 2.
 *
 * @param canonical s in [0, 1]
 * @param convention `half` or `flip`; `softmax` pulls the two ends by different amounts and has no equivalent
 * @returns the strength in the units of the convention
 * @throws ArgumentError `out_of_range`, `invalid_argument` for `softmax` and unknown names
 * @example binaryEpsilonFromCanonical(0.1, "flip"); // 0.05
 * @see https://keras.io/api/losses/probabilistic_losses/ (half)
 */
export function binaryEpsilonFromCanonical(canonical: number, convention: BinaryConventionName): number {
  checkChoice("convention", convention, binaryConventionNames);
  checkRange("canonical", canonical, { min: 0, max: 1 });
  if (convention !== "softmax") return convention === "flip" ? canonical / 2 : canonical;
  const rule = "must be half or flip, because softmax has no symmetric equivalent";
  throw new ArgumentError("invalid_argument", { argument: "convention", rule, value: convention });
}
