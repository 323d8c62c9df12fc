import { ArgumentError } from "../validation/argumentError.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkClass } from "../validation/checkClass.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import { conventionNames } from "./conventionName.ts";
import { isUnnormalised } from "./isUnnormalised.ts";
import { rowSplit } from "./rowSplit.ts";
import type { SmoothingSpec } from "./smoothingSpec.ts";
import { uniformShare } from "./uniformShare.ts";

/** Rounding that the edge of the domain forgives: (K-1)/K is rarely a double. */
const edgeSlack = 1e-12;

/**
 * Refuses a smoothing outside the domain of its convention: e in [0, 1] (e >= 0 for the additive conventions), and the
 * true class must not get less than the others, that is canonical epsilon <= 1. So off-target needs e <= (K-1)/K. The
 * edge itself is legal: the row is then exactly uniform.
 *
 * @param smoothing the strength in the user's convention
 * @param classCount K, 2 or more; 3 or more where padding is left out
 * @throws ArgumentError `epsilon_out_of_range`, `off_target_epsilon_too_large`, `unnormalised_not_allowed`,
 * `class_count_too_small`, `class_out_of_range` (padding class), `invalid_argument` (unknown convention)
 */
export function checkSmoothing(smoothing: SmoothingSpec, classCount: number): void {
  const { convention, epsilon } = smoothing;
  checkChoice("convention", convention, conventionNames);
  checkClassCount(classCount);
  if (isUnnormalised(convention) && smoothing.allowUnnormalised !== true) {
    const rule = "needs allowUnnormalised: true, because its rows do not sum to 1";
    throw new ArgumentError("unnormalised_not_allowed", { argument: "convention", rule, value: convention });
  }
  if (convention === "off-target-exclude-pad") checkPadding(smoothing.padClass ?? 0, classCount);
  checkEpsilon(smoothing);
  const split = rowSplit(convention, epsilon, uniformShare(smoothing, classCount));
  if (split.epsilon > 1 + edgeSlack) refuseTooLarge(smoothing, classCount);
}

function checkPadding(padClass: number, classCount: number): void {
  if (classCount < 3) {
    const rule = "must be 3 or more where padding is left out";
    throw new ArgumentError("class_count_too_small", { argument: "classCount", rule, value: classCount });
  }
  checkClass(padClass, classCount, "padClass");
}

function checkEpsilon({ convention, epsilon }: SmoothingSpec): void {
  const additive = convention === "additive-normalised" || convention === "additive-unnormalised";
  const max = additive ? Number.MAX_VALUE : 1;
  if (typeof epsilon === "number" && epsilon >= 0 && epsilon <= max) return;
  const rule = additive ? "must be 0 or more" : "must be in [0, 1]";
  throw new ArgumentError("epsilon_out_of_range", { argument: "epsilon", rule, value: epsilon });
}

function refuseTooLarge({ convention, epsilon }: SmoothingSpec, classCount: number): never {
  const limits: Partial<Record<typeof convention, string>> = {
    "off-target": `${classCount - 1}/${classCount}`,
    "off-target-exclude-pad": `${classCount - 2}/${classCount - 1}`,
    "literal-unnormalised": `${classCount}/${classCount + 1}`,
  };
  const limit = limits[convention] ?? "1";
  const offTarget = convention === "off-target" || convention === "off-target-exclude-pad";
  throw new ArgumentError(offTarget ? "off_target_epsilon_too_large" : "epsilon_out_of_range", {
    argument: "epsilon",
    rule: `must be at most ${limit} in convention ${convention} with ${classCount} classes, or the true class gets less than the others`,
    value: epsilon,
  });
}
