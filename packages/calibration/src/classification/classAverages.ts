import { ArgumentError } from "../validation/argumentError.ts";
import { requireNotEmpty } from "../validation/requireArray.ts";
import { requireChoice } from "../validation/requireChoice.ts";
import type { ClassScore } from "./perClassScores.ts";

function meanOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/**
 * Balanced accuracy: mean recall over classes that occur in the labels.
 *
 * @param scores - from {@link perClassScores}
 * @returns the mean recall in [0, 1]
 * @throws {ArgumentError} when there are no scores or no class has an example
 * @see Brodersen et al., "The balanced accuracy and its posterior distribution", 2010
 */
export function balancedAccuracy(scores: readonly ClassScore[]): number {
  requireNotEmpty("scores", scores);
  const recall = meanOf(scores.map((score) => score.recall));
  if (recall === null) throw new ArgumentError("scores", "must have a class with at least one example", "none");
  return recall;
}

/**
 * Macro F1: unweighted mean of the F1 of classes.
 *
 * @param scores - from {@link perClassScores}
 * @param over - `present`: classes in labels or predictions (default, scikit-learn's); `all`: all K, absent ones count 0
 * @returns the mean in [0, 1]
 * @throws {ArgumentError} when there are no scores or no class has an example
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html
 */
export function macroF1(scores: readonly ClassScore[], over: "present" | "all" = "present"): number {
  requireNotEmpty("scores", scores);
  requireChoice("over", over, ["present", "all"]);
  const mean = meanOf(scores.map((score) => (over === "all" ? (score.f1 ?? 0) : score.f1)));
  if (mean === null) throw new ArgumentError("scores", "must have a class with at least one example", "none");
  return mean;
}

/**
 * Mean recall over a group of classes; `null` when none of them occurs in the labels.
 *
 * @param scores - from {@link perClassScores}
 * @param classes - class indices of the group
 * @returns the mean recall in [0, 1], or `null`
 * @throws {ArgumentError} when a class index is out of range
 */
export function groupRecall(scores: readonly ClassScore[], classes: readonly number[]): number | null {
  return meanOf(
    classes.map((classIndex, position) => {
      const score = scores[classIndex];
      if (score === undefined)
        throw new ArgumentError(`classes[${position}]`, `must be an integer in 0..${scores.length - 1}`, classIndex);
      return score.recall;
    }),
  );
}
