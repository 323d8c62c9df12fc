import { checkSmoothing } from "../conventions/checkSmoothing.ts";
import { type MixingShare, type RowSplit, rowSplit } from "../conventions/rowSplit.ts";
import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import { uniformShare } from "../conventions/uniformShare.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { mixingShares } from "../mixing/mixingShares.ts";
import { withoutClass } from "../mixing/withoutClass.ts";
import type { Treatment } from "../strategies/treatment.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { compactPerClass } from "./compactPerClass.ts";
import type { TargetPlan } from "./targetPlan.ts";

/** Rounding that the edge e_y = 1 (exactly uniform) forgives. */
const edgeSlack = 1e-12;

/**
 * Works out e_y, u(.|y) and S_y of every class for strengths written in a convention.
 * @throws ArgumentError `epsilon_out_of_range` and the like for a class's own strength; `undefined_mixing` where
 * off-target smoothing has to spread mass over others that get none
 */
export function targetsInConvention(
  smoothing: SmoothingSpec,
  treatment: Pick<Treatment, "mixing" | "strength">,
  classCount: number,
): Pick<TargetPlan, "epsilon" | "mixing" | "rowSum"> {
  const { strength, mixing: wanted = { kind: "uniform" } } = treatment;
  const padding = smoothing.convention === "off-target-exclude-pad" ? (smoothing.padClass ?? 0) : null;
  const mixing: Mixing = padding === null ? wanted : withoutClass(wanted, padding, classCount);
  if (strength === undefined && padding === null && !("values" in mixing || "rows" in mixing)) {
    return { ...splitOf(smoothing, uniformShare(smoothing, classCount)), mixing };
  }
  const shares = mixingShares(mixing, classCount);
  const splits = shares.map((share, index) => {
    const own = strength === undefined ? smoothing : { ...smoothing, epsilon: strength[index]! };
    if (strength !== undefined) checkSmoothing(own, classCount);
    return splitOf(own, share);
  });
  if (padding !== null) splits[padding] = { ...splits[(padding + 1) % classCount]!, rowSum: 0 };
  return {
    epsilon: compactPerClass(splits.map((split) => split.epsilon)),
    mixing,
    rowSum: compactPerClass(splits.map((split) => split.rowSum)),
  };
}

function splitOf({ convention, epsilon }: SmoothingSpec, share: MixingShare): RowSplit {
  const dividesByOther = convention.startsWith("off-target") || convention === "wild-unnormalised";
  if (share.other <= 0 && dividesByOther) {
    if (epsilon === 0) return { rowSum: 1, epsilon: 0 };
    const rule = `must give mass to other classes in convention ${convention}`;
    throw new ArgumentError("undefined_mixing", { argument: "mixing", rule, value: share.self });
  }
  const split = rowSplit(convention, epsilon, share);
  return split.epsilon > 1 && split.epsilon <= 1 + edgeSlack ? { ...split, epsilon: 1 } : split;
}
