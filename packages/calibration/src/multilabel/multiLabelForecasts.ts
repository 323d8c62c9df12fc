import { ArgumentError } from "../validation/argumentError.ts";
import { requireAllBinary, requireAllUnit, requireLength } from "../validation/requireArray.ts";
import { requirePositiveInteger } from "../validation/requireNumber.ts";

/** Independent binary forecasts of L labels for N examples. */
export interface MultiLabelForecasts {
  /** N x L probabilities in [0, 1], row-major; rows need not sum to anything. */
  readonly probabilities: ArrayLike<number>;
  /** N x L flags, row-major: the original hard labels, never smoothed. */
  readonly labels: ArrayLike<number>;
  /** L, at least 1. */
  readonly labelCount: number;
}

/**
 * Checks probabilities, labels and label count against each other.
 *
 * @returns N, the number of examples
 * @throws {ArgumentError} empty set, L below 1, wrong length, probability outside [0, 1], label other than 0 and 1
 */
export function requireMultiLabel(forecasts: MultiLabelForecasts): number {
  const { probabilities, labels, labelCount } = forecasts;
  requirePositiveInteger("labelCount", labelCount);
  const count = labels.length / labelCount;
  if (!(Number.isInteger(count) && count > 0))
    throw new ArgumentError(
      "labels",
      `must have a positive multiple of ${labelCount} values`,
      `length ${labels.length}`,
    );
  requireLength("probabilities", probabilities, labels.length);
  requireAllUnit("probabilities", probabilities);
  requireAllBinary("labels", labels);
  return count;
}
