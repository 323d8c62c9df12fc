import { logitAdjustment } from "../logits/logitAdjustment.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import { checkBatch } from "./checkBatch.ts";
import { largestIndex } from "./largestIndex.ts";

/**
 * Predictions with post-hoc logit adjustment: argmax of z - tau ln pi; ties go to the lowest class.
 *
 * @param logits N x K
 * @param classCounts n_k of the training data, 1 or more
 * @param tau default 1
 * @returns N classes
 * @throws ArgumentError `not_finite`, `wrong_length`, `empty_class`, `class_count_too_small`
 * @see Menon et al. 2021, https://arxiv.org/abs/2007.07314
 */
export function postHocPrediction(
  logits: readonly ArrayLike<number>[],
  classCounts: readonly number[],
  tau = 1,
): number[] {
  const classCount = checkBatch(logits);
  checkClassCount(classCount, "the number of logits of a row");
  if (classCounts.length !== classCount) {
    const rule = `must hold ${classCount} counts`;
    throw new ArgumentError("wrong_length", { argument: "classCounts", rule, value: classCounts.length });
  }
  const offset = logitAdjustment(classCounts, tau);
  return logits.map((row) => largestIndex(Float64Array.from(row, (logit, k) => logit - offset[k]!)));
}
