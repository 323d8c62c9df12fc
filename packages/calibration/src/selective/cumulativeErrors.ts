import { requireAllBinary, requireAllFinite, requireLength, requireNotEmpty } from "../validation/requireArray.ts";
import { requireChoice } from "../validation/requireChoice.ts";

/** Scores that rank N predictions, larger is surer, beside whether each was right. */
export interface ScoredOutcomes {
  /** N finite scores: maximum probability, logit-norm score, or any other. */
  readonly scores: ArrayLike<number>;
  /** N flags, 1 for a right prediction. */
  readonly outcomes: ArrayLike<number>;
}

/**
 * How equal scores are ordered. `expected`: in random order, the mean over all orders (default; does not depend on the
 * order of the examples). `stable`: in the order given, as sorting libraries do.
 */
export type TieRule = "expected" | "stable";

/** Walks groups of equal scores from the largest down; O(n log n) in two typed-array sorts, no comparator calls. */
function expectedErrors(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Float64Array {
  const split = new Float64Array(scores.length); // right ones from the front, wrong ones from the back
  let rightCount = 0;
  let wrongStart = scores.length;
  for (let index = 0; index < scores.length; index++)
    split[outcomes[index] === 1 ? rightCount++ : --wrongStart] = scores[index]!;
  const sortedRight = split.subarray(0, rightCount).sort();
  const sortedWrong = split.subarray(rightCount).sort();
  const errors = new Float64Array(scores.length);
  let r = sortedRight.length - 1;
  let w = sortedWrong.length - 1;
  let filled = 0;
  let before = 0;
  while (filled < errors.length) {
    const score = Math.max(r >= 0 ? sortedRight[r]! : -Infinity, w >= 0 ? sortedWrong[w]! : -Infinity);
    const [firstRight, firstWrong] = [r, w];
    while (r >= 0 && sortedRight[r] === score) r--;
    while (w >= 0 && sortedWrong[w] === score) w--;
    const failures = firstWrong - w;
    const size = firstRight - r + failures;
    for (let place = 1; place <= size; place++) errors[filled++] = before + (place * failures) / size;
    before += failures;
  }
  return errors;
}

function stableErrors(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: scores.length }, (_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  let sum = 0;
  return Float64Array.from(order, (index) => {
    sum += 1 - outcomes[index]!;
    return sum;
  });
}

/**
 * Errors among the i surest predictions, E_i for i = 1..n: the curve that every selective metric reads.
 *
 * @param scored - scores and outcomes
 * @param ties - order of equal scores, `expected` (default)
 * @returns n cumulative errors, not decreasing, the last one the number of wrong predictions
 * @throws {ArgumentError} empty, wrong length, score not finite, outcome other than 0 and 1, unknown tie rule
 * @see Geifman, El-Yaniv, "Selective classification for deep neural networks", 2017
 */
export function cumulativeErrors(scored: ScoredOutcomes, ties: TieRule = "expected"): Float64Array {
  const count = requireNotEmpty("scores", scored.scores);
  requireLength("outcomes", scored.outcomes, count);
  requireAllFinite("scores", scored.scores);
  requireAllBinary("outcomes", scored.outcomes);
  requireChoice("ties", ties, ["expected", "stable"]);
  return ties === "stable"
    ? stableErrors(scored.scores, scored.outcomes)
    : expectedErrors(scored.scores, scored.outcomes);
}
