import type { LossSettings } from "../settings/lossSettings.ts";

/** x ln x, 0 at 0. */
export function entropyTerm(mass: number): number {
  return mass > 0 ? mass * Math.log(mass) : 0;
}

/** Smallest cross entropy that a target row whose sum S need not be 1 allows: - sum_k q_k ln(q_k / S), nats. */
function softmaxFloor(row: Float64Array): number {
  const rowSum = row.reduce((sum, mass) => sum + mass, 0);
  return row.reduce((floor, mass) => (mass > 0 ? floor - mass * Math.log(mass / rowSum) : floor), 0);
}

/** Entropy of a label that applies with probability t, nats. */
export function binaryEntropy(target: number): number {
  return -entropyTerm(target) - entropyTerm(1 - target);
}

/** The smallest cross entropy that a row of targets allows, of the kind that the loss compares with. */
export function entropyFloor(row: Float64Array, loss: LossSettings): number {
  if (loss.kind !== "binary-cross-entropy") return softmaxFloor(row);
  return row.reduce((sum, target) => sum + binaryEntropy(target), 0);
}
