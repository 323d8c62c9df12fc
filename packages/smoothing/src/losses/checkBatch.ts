import { ArgumentError } from "../validation/argumentError.ts";
import { checkClass } from "../validation/checkClass.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import { checkFiniteNumbers } from "../validation/checkFiniteNumbers.ts";

/**
 * Refuses logits that are no finite N x K table and, when they are given, labels that do not fit it; labels need K of 2
 * or more.
 * @returns K
 * @throws ArgumentError `empty_input`, `wrong_length`, `not_finite`, `class_out_of_range`, `class_count_too_small`
 */
export function checkBatch(logits: readonly ArrayLike<number>[], labels?: readonly number[]): number {
  const first = logits[0];
  if (first === undefined) {
    throw new ArgumentError("empty_input", { argument: "logits", rule: "must hold at least one row", value: logits });
  }
  logits.forEach((row, index) => {
    if (row.length !== first.length) {
      const rule = `must hold ${first.length} logits`;
      throw new ArgumentError("wrong_length", { argument: `logits[${index}]`, rule, value: row.length });
    }
    checkFiniteNumbers(`logits[${index}]`, row);
  });
  if (labels === undefined) return first.length;
  checkClassCount(first.length, "the number of logits of a row");
  if (labels.length !== logits.length) {
    const rule = `must hold ${logits.length} labels`;
    throw new ArgumentError("wrong_length", { argument: "labels", rule, value: labels.length });
  }
  labels.forEach((label, index) => {
    checkClass(label, first.length, `labels[${index}]`);
  });
  return first.length;
}
