import { ArgumentError } from "../validation/argumentError.ts";
import { checkClass } from "../validation/checkClass.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import type { Mixing } from "./mixing.ts";

/**
 * u(.|y) of one true class, K numbers.
 *
 * @param mixing one that is known before training
 * @param trueClass y in [0, K)
 * @param classCount K, 2 or more
 * @returns K shares that sum to 1
 * @throws ArgumentError `wrong_length`, `class_out_of_range`, `class_count_too_small`; `mixing_needs_predictions` for a mixing that depends on predictions
 */
export function mixingRow(mixing: Mixing, trueClass: number, classCount: number): Float64Array {
  checkClassCount(classCount);
  checkClass(trueClass, classCount);
  switch (mixing.kind) {
    case "uniform":
      return new Float64Array(classCount).fill(1 / classCount);
    case "vector":
      return sized(mixing.values, classCount);
    case "matrix":
      return sized(mixing.rows[trueClass], classCount);
    default: {
      const rule = "must be known before training to have a row; give the distribution to smoothedRow instead";
      throw new ArgumentError("mixing_needs_predictions", { argument: "mixing", rule, value: mixing.kind });
    }
  }
}

function sized(shares: readonly number[] | undefined, classCount: number): Float64Array {
  if (shares?.length === classCount) return Float64Array.from(shares);
  const rule = `must hold ${classCount} shares`;
  throw new ArgumentError("wrong_length", { argument: "mixing", rule, value: shares?.length });
}
