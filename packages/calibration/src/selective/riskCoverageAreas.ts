import { requireUnit } from "../validation/requireNumber.ts";
import { cumulativeErrors, type ScoredOutcomes, type TieRule } from "./cumulativeErrors.ts";

/** One curve's area by the three published rules. */
export interface CurveArea {
  /** Mean over i = 1..n of the curve. */
  readonly mean: number;
  /** Trapezoid from coverage 1/n to 1, divided by 1 - 1/n (torch-uncertainty); `null` for n = 1. */
  readonly trapezoidNormalised: number | null;
  /** Trapezoid with the point (0, 0) put in front (Xia 2025; Traub 2024 for the generalised risk). */
  readonly trapezoidZeroOrigin: number;
}

/** Areas under the risk-coverage and generalised risk-coverage curves. */
export interface RiskCoverageAreas {
  /** AURC: risk_i = E_i / i, the error rate among the i surest. */
  readonly aurc: CurveArea;
  /** AUGRC: E_i / n, the probability that an accepted example is an undetected failure. */
  readonly augrc: CurveArea;
  /** The AURC that perfect ranking reaches for large n, `r + (1 - r) ln(1 - r)` with error rate r. */
  readonly optimalAurc: number;
  /** E-AURC: `aurc.mean - optimalAurc`, what ranking loses. Can be slightly negative for small n. */
  readonly excessAurc: number;
}

function areaOf(curve: Float64Array): CurveArea {
  const count = curve.length;
  let sum = 0;
  for (let index = 0; index < count; index++) sum += curve[index]!;
  const inner = (sum - (curve[0]! + curve[count - 1]!) / 2) / count;
  return {
    mean: sum / count,
    trapezoidNormalised: count === 1 ? null : inner / (1 - 1 / count),
    trapezoidZeroOrigin: inner + curve[0]! / 2 / count,
  };
}

/**
 * Optimal AURC for large n: `r + (1 - r) ln(1 - r)`, 1 for r = 1.
 *
 * @param errorRate - r in [0, 1]
 * @returns the area in [0, 1]
 * @throws {ArgumentError} when the rate is not in [0, 1]
 * @see Geifman, Uziel, El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers", 2019
 */
export function optimalAurc(errorRate: number): number {
  requireUnit("errorRate", errorRate);
  return errorRate >= 1 ? 1 : errorRate + (1 - errorRate) * Math.log1p(-errorRate);
}

/**
 * Areas under the risk-coverage curve (AURC), its excess over perfect ranking (E-AURC), and under the generalised
 * risk-coverage curve (AUGRC), each by its named variants.
 *
 * Lower is better. "AURC" has three meanings in the literature; say which one. Traub's AUGRC is
 * `augrc.trapezoidZeroOrigin` with expected ties.
 *
 * @param scored - scores (maximum probability, logit-norm, ...) beside right or wrong
 * @param ties - order of equal scores, `expected` (default)
 * @returns all areas
 * @throws {ArgumentError} when scores or outcomes break a rule
 * @see Geifman, El-Yaniv, "Selective classification for deep neural networks", 2017
 * @see Geifman, Uziel, El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers", 2019
 * @see Traub et al., "Overcoming common flaws in the evaluation of selective classification systems", 2024
 */
export function riskCoverageAreas(scored: ScoredOutcomes, ties: TieRule = "expected"): RiskCoverageAreas {
  const errors = cumulativeErrors(scored, ties);
  const count = errors.length;
  const aurc = areaOf(errors.map((value, index) => value / (index + 1)));
  const augrc = areaOf(errors.map((value) => value / count));
  const optimal = optimalAurc(errors[count - 1]! / count);
  return { aurc, augrc, optimalAurc: optimal, excessAurc: aurc.mean - optimal };
}
