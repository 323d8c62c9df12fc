import { ArgumentError } from "../validation/argumentError.ts";
import { type BinarySmoothingSpec, binaryTargets } from "./binaryTargets.ts";

/**
 * The smoothed row of independent binary labels.
 *
 * @param labels K labels, each 0 or 1
 * @returns K targets
 * @throws ArgumentError `invalid_argument` for a label that is not 0 or 1; those of `binaryTargets`
 * @example smoothBinaryLabels([0, 1], { convention: "half", epsilon: 0.1 }); // [0.05, 0.95]
 */
export function smoothBinaryLabels(labels: readonly number[], smoothing: BinarySmoothingSpec): Float64Array {
  const { positive, negative } = binaryTargets(smoothing, labels.length);
  return Float64Array.from(labels, (label, index) => {
    if (label !== 0 && label !== 1) {
      const argument = `labels[${index}]`;
      throw new ArgumentError("invalid_argument", { argument, rule: "must be 0 or 1", value: label });
    }
    return label === 1 ? positive : negative;
  });
}
