import { ArgumentError } from "../validation/argumentError.ts";
import { checkClass } from "../validation/checkClass.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import { checkFiniteNumbers } from "../validation/checkFiniteNumbers.ts";
import { checkRange } from "../validation/checkRange.ts";

/** Options of {@link smoothLabels}. */
export interface SmoothLabelsOptions {
  /** s in [0, 1] (default 0.1): s = 0.9 keeps a tenth of the target, whatever Composer's page says. */
  readonly smoothing?: number;
  /** K; needed for class indices. */
  readonly classCount?: number;
}

/**
 * MosaicML Composer's `smooth_labels`: onehot(target) (1-s) + s/K, for class indices or dense targets.
 *
 * A negative index (an ignored position) is refused: Composer turns it into a row of s/K, so that ignored positions
 * pull every prediction towards uniform. Leave such positions out before smoothing.
 *
 * @param targets N class indices, or N rows of K numbers
 * @returns N rows of K targets; a dense row that sums to c gives one that sums to c (1-s) + s
 * @throws ArgumentError `epsilon_out_of_range`, `class_out_of_range`, `class_count_too_small`, `wrong_length`,
 * `not_finite`, `empty_input`
 * @see https://docs.mosaicml.com/projects/composer/en/stable/method_cards/label_smoothing.html
 */
export function smoothLabels(
  targets: readonly number[] | readonly (readonly number[])[],
  { smoothing = 0.1, classCount }: SmoothLabelsOptions = {},
): Float64Array[] {
  checkRange("smoothing", smoothing, { min: 0, max: 1, code: "epsilon_out_of_range" });
  const first = targets[0];
  if (first === undefined) {
    throw new ArgumentError("empty_input", { argument: "targets", rule: "must hold at least one target", value: [] });
  }
  const size = typeof first === "number" ? classCount : first.length;
  if (size === undefined || (classCount !== undefined && classCount !== size)) {
    const rule = "must be given for class indices and equal the length of dense targets";
    throw new ArgumentError("wrong_length", { argument: "classCount", rule, value: classCount });
  }
  checkClassCount(size);
  return targets.map((target, index) => smoothed(dense(target, index, size), smoothing));
}

function dense(target: number | readonly number[], index: number, size: number): Float64Array {
  if (typeof target === "number") {
    checkClass(target, size, `targets[${index}]`);
    const row = new Float64Array(size);
    row[target] = 1;
    return row;
  }
  if (target.length !== size) {
    const rule = `must hold ${size} numbers`;
    throw new ArgumentError("wrong_length", { argument: `targets[${index}]`, rule, value: target.length });
  }
  checkFiniteNumbers(`targets[${index}]`, target);
  return Float64Array.from(target);
}

function smoothed(row: Float64Array, smoothing: number): Float64Array {
  return row.map((mass) => mass * (1 - smoothing) + smoothing / row.length);
}
