import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import type { LossResult } from "./lossResult.ts";
import type { Reduction } from "./reduction.ts";
import type { RowLoss } from "./rowLoss.ts";

/**
 * Joins the losses of a batch.
 * @param divisor what "mean" divides by (default the number of rows)
 * @throws ArgumentError `no_target_left` for a mean over a divisor of 0
 */
export function reduceRows(rows: readonly RowLoss[], reduction: Reduction, divisor = rows.length): LossResult {
  const by = reduction === "mean" ? divisor : 1;
  if (by === 0) {
    const rule = "must not be 0 to take a mean";
    throw new ArgumentError("no_target_left", { argument: "the sum of weights", rule, value: by });
  }
  return {
    loss: reduction === "none" ? rows.map((row) => row.loss) : sum(rows.map((row) => row.loss)) / by,
    gradient: rows.map((row) => row.gradient.map((value) => value / by)),
  };
}
