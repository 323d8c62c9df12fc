import { sum } from "../numerics/sum.ts";
import { compactPerClass } from "../plans/compactPerClass.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { smoothAgain } from "./smoothAgain.ts";

/**
 * The plan of smoothing by one plan and then by another: its targets are those of the first, smoothed again by the
 * second, as when a data pipeline smooths and the loss smooths once more. Weights, sampling, offsets and margins are
 * the second's. O(K^2).
 *
 * @param first applied to the hard label
 * @param second applied to its rows
 * @returns a plan whose mixing is a matrix and whose strength is 1
 * @throws ArgumentError `wrong_length` for different K, `mixing_needs_predictions`
 * @see double smoothing in libraries: https://github.com/keras-team/keras-cv/issues/70
 */
export function composePlans(first: TargetPlan, second: TargetPlan): TargetPlan {
  if (first.classCount !== second.classCount) {
    const rule = `must be that of the first plan, ${first.classCount}`;
    throw new ArgumentError("wrong_length", { argument: "second.classCount", rule, value: second.classCount });
  }
  const rows = Array.from({ length: first.classCount }, (_, index) => smoothAgain(targetRow(first, index), second));
  const sums = rows.map((row) => sum(row));
  const normalised = rows.map((row, index) => Array.from(row, (mass) => (sums[index] === 0 ? 0 : mass / sums[index]!)));
  return { ...second, epsilon: 1, mixing: { kind: "matrix", rows: normalised }, rowSum: compactPerClass(sums) };
}
