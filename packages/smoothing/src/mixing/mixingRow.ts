import { ArgumentError } from "../validation/argumentError.ts";
import type { Mixing } from "./mixing.ts";

/**
 * u(.|y) of one true class, K numbers.
 * @throws ArgumentError `mixing_needs_predictions` for a mixing that depends on predictions
 */
export function mixingRow(mixing: Mixing, trueClass: number, classCount: number): Float64Array {
  switch (mixing.kind) {
    case "uniform":
      return new Float64Array(classCount).fill(1 / classCount);
    case "vector":
      return Float64Array.from(mixing.values);
    case "matrix":
      return Float64Array.from(mixing.rows[trueClass]!);
    default: {
      const rule = "must be known before training to have a row; give the distribution to smoothedRow instead";
      throw new ArgumentError("mixing_needs_predictions", { argument: "mixing", rule, value: mixing.kind });
    }
  }
}
