import { requireUnit } from "../validation/requireNumber.ts";
import { cumulativeErrors, type ScoredOutcomes, type TieRule } from "./cumulativeErrors.ts";

/**
 * Coverage at risk: the largest share of examples that can be accepted with an error rate of at most `risk`.
 *
 * `max { i / n : E_i / i <= risk }`, 0 when even the surest prediction exceeds it. "Cov@5" is `risk = 0.05`.
 *
 * @param scored - scores beside right or wrong
 * @param risk - error rate in [0, 1]
 * @param ties - order of equal scores, `expected` (default)
 * @returns the coverage in [0, 1]
 * @throws {ArgumentError} when scores, outcomes or risk break a rule
 * @see Geifman, El-Yaniv, "Selective classification for deep neural networks", 2017
 */
export function coverageAtRisk(scored: ScoredOutcomes, risk: number, ties: TieRule = "expected"): number {
  requireUnit("risk", risk);
  const errors = cumulativeErrors(scored, ties);
  for (let accepted = errors.length; accepted > 0; accepted--)
    if (errors[accepted - 1]! / accepted <= risk) return accepted / errors.length;
  return 0;
}

/**
 * Risk at coverage: the error rate among the surest `coverage` of the examples.
 *
 * `E_i / i` with `i = ceil(coverage n)`, at least 1. "Risk@80" is `coverage = 0.8`.
 *
 * @param scored - scores beside right or wrong
 * @param coverage - share of examples in [0, 1]
 * @param ties - order of equal scores, `expected` (default)
 * @returns the error rate in [0, 1]
 * @throws {ArgumentError} when scores, outcomes or coverage break a rule
 * @see Geifman, El-Yaniv, "Selective classification for deep neural networks", 2017
 */
export function riskAtCoverage(scored: ScoredOutcomes, coverage: number, ties: TieRule = "expected"): number {
  requireUnit("coverage", coverage);
  const errors = cumulativeErrors(scored, ties);
  // the product is corrected before rounding up: 0.8 * 5 is 4 but 0.07 * 100 is 7.000000000000001
  const accepted = Math.max(1, Math.ceil(coverage * errors.length - 1e-9));
  return errors[accepted - 1]! / accepted;
}
