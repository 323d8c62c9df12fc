import { ArgumentError } from "../validation/argumentError.ts";
import { checkClassCounts } from "../validation/checkClassCounts.ts";
import { checkRange } from "../validation/checkRange.ts";

/**
 * The offsets of logit adjustment: tau ln pi_k. Added to the logits in training, or subtracted at prediction.
 * tau = 1 is consistent for balanced error with hard labels; label smoothing caps the logits and makes it too large.
 *
 * @param classCounts n_k, whole numbers of 1 or more (0 is allowed for tau = 0)
 * @param tau a finite number (default 1)
 * @returns K offsets in nats
 * @throws ArgumentError `empty_class`, `invalid_class_counts`, `not_finite`, `out_of_range`
 * @see Menon et al. 2021, https://arxiv.org/abs/2007.07314
 */
export function logitAdjustment(classCounts: readonly number[], tau = 1): number[] {
  checkRange("tau", tau);
  checkClassCounts(classCounts, { emptyAllowed: tau === 0 });
  const total = classCounts.reduce((sum, count) => sum + count, 0);
  const offsets = classCounts.map((count) => (tau === 0 ? 0 : tau * Math.log(count / total)));
  if (offsets.every(Number.isFinite)) return offsets;
  const rule = "must leave tau ln pi finite";
  throw new ArgumentError("out_of_range", { argument: "tau", rule, value: tau });
}
