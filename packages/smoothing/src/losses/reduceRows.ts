import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkRepresentable } from "./checkRepresentable.ts";
import type { LossResult } from "./lossResult.ts";
import { type Reduction, reductions } from "./reduction.ts";
import type { RowLoss } from "./rowLoss.ts";

/**
 * Joins the losses of a batch.
 * @param divisor what "mean" divides by (default the number of rows)
 * @throws ArgumentError `no_target_left` for a mean over a divisor of 0, `invalid_argument` for an unknown reduction,
 * `not_finite` where floating point does not reach
 */
export function reduceRows(rows: readonly RowLoss[], reduction: Reduction, divisor = rows.length): LossResult {
  checkChoice("reduction", reduction, reductions);
  const by = reduction === "mean" ? divisor : 1;
  if (by === 0) {
    const rule = "must not be 0 to take a mean";
    throw new ArgumentError("no_target_left", { argument: "the sum of weights", rule, value: by });
  }
  const losses = rows.map((row) => row.loss);
  const loss = reduction === "none" ? losses : sum(losses) / by;
  const gradient = rows.map((row) => row.gradient.map((value) => value / by));
  for (const values of [[loss].flat(), ...gradient]) checkRepresentable(values);
  return { loss, gradient };
}
