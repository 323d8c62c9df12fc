import { logSoftmax } from "../numerics/logSoftmax.ts";
import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkFiniteNumbers } from "../validation/checkFiniteNumbers.ts";
import { checkRepresentable } from "./checkRepresentable.ts";
import type { RowLoss } from "./rowLoss.ts";

/**
 * Cross entropy of one row against coefficients that need not sum to 1: L = -sum c_k ln p_k with p = softmax(z), and
 * its gradient S p - c with S = sum c. (Frameworks that return p - c are wrong when S is not 1.)
 * Coefficients of 0 do not touch the loss, even where p underflows.
 *
 * @param logits z, finite
 * @param coefficients c, as many
 * @returns the loss and its gradient with respect to the logits, in nats
 * @throws ArgumentError `not_finite`, `wrong_length`, `empty_input`
 * @see Szegedy et al. 2015, https://arxiv.org/abs/1512.00567
 */
export function softCrossEntropy(logits: ArrayLike<number>, coefficients: ArrayLike<number>): RowLoss {
  checkFiniteNumbers("logits", logits);
  checkFiniteNumbers("coefficients", coefficients);
  if (coefficients.length !== logits.length) {
    const rule = `must hold ${logits.length} numbers`;
    throw new ArgumentError("wrong_length", { argument: "coefficients", rule, value: coefficients.length });
  }
  const logProbabilities = logSoftmax(logits);
  const total = sum(Array.from(coefficients));
  const terms = logProbabilities.map((value, index) => (coefficients[index] === 0 ? 0 : -coefficients[index]! * value));
  const gradient = logProbabilities.map((value, index) => total * Math.exp(value) - coefficients[index]!);
  const loss = sum(terms);
  checkRepresentable([loss]);
  return { loss, gradient };
}
