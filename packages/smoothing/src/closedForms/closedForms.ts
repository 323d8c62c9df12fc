import { canonicalEpsilon } from "../conventions/canonicalEpsilon.ts";
import { rowSplit } from "../conventions/rowSplit.ts";
import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import { uniformShare } from "../conventions/uniformShare.ts";
import { rowEntropy } from "./rowEntropy.ts";

/** What is known about a smoothing under uniform mixing before any training. */
export interface ClosedForms {
  /** Target of the true class. */
  readonly trueMass: number;
  /** Target of each other (usable) class. */
  readonly otherMass: number;
  /** S, the sum of the row. */
  readonly rowSum: number;
  /** The uniform-equivalent epsilon of the row divided by S. */
  readonly canonicalEpsilon: number;
  /** The confidence of a perfectly fitted model: true mass / S. */
  readonly maxConfidence: number;
  /** Logit of the true class minus any other at the optimum: ln(true mass / other mass); Infinity for hard labels. */
  readonly stationaryLogitGap: number;
  /** The smallest reachable loss: -sum q ln(q / S), in nats. */
  readonly entropyFloor: number;
  /** The entropy of the row divided by S, in nats. */
  readonly entropyNormalised: number;
  /** Whether the row is exactly uniform, the edge of the domain. */
  readonly isUniform: boolean;
}

/**
 * The closed forms of a convention under uniform mixing: masses, row sum, canonical epsilon, confidence ceiling,
 * stationary logit gap and entropy floor. Always plot CE - entropy floor, never raw smoothed losses across strengths.
 *
 * In canonical form: true = S (1 - e_u + e_u / K), other = S e_u / K; uniform smoothing has gap ln(K (1-e)/e + 1),
 * off-target ln((1-e)(K-1)/e). O(1).
 *
 * @param smoothing the strength in the user's convention
 * @param classCount K, 2 or more
 * @returns masses and strengths without unit, gap and entropies in nats
 * @throws ArgumentError see `checkSmoothing`
 * @example closedForms({ convention: "uniform", epsilon: 0.1 }, 10).entropyFloor; // 0.500
 * @see Mueller et al. 2019, When does label smoothing help?, https://arxiv.org/abs/1906.02629
 */
export function closedForms(smoothing: SmoothingSpec, classCount: number): ClosedForms {
  const epsilon = canonicalEpsilon(smoothing, classCount);
  const share = uniformShare(smoothing, classCount);
  const { rowSum } = rowSplit(smoothing.convention, smoothing.epsilon, share);
  const others = smoothing.convention === "off-target-exclude-pad" ? classCount - 2 : classCount - 1;
  const otherShare = epsilon * share.self;
  const trueShare = 1 - epsilon * share.other;
  const isUniform = 1 - epsilon <= 1e-14;
  const entropyNormalised = rowEntropy([
    { mass: trueShare, count: 1 },
    { mass: otherShare, count: others },
  ]);
  return {
    trueMass: rowSum * trueShare,
    otherMass: rowSum * otherShare,
    rowSum,
    canonicalEpsilon: epsilon,
    maxConfidence: trueShare,
    // ln(true / other) = ln(1 + (1 - e) / (e / K)): exact near the edge, where the ratio nears 1.
    stationaryLogitGap: epsilon === 0 ? Number.POSITIVE_INFINITY : gapOf(epsilon, share.self),
    entropyFloor: rowSum * entropyNormalised,
    entropyNormalised,
    isUniform,
  };
}

/** ln(1 + (1-e) / (e u)), also where e u underflows. */
function gapOf(epsilon: number, self: number): number {
  const ratio = (1 - epsilon) / (epsilon * self);
  return Number.isFinite(ratio) ? Math.log1p(ratio) : -Math.log(epsilon) - Math.log(self);
}
