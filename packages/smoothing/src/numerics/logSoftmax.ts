import { logSumExp } from "./logSumExp.ts";

/** ln softmax(z): (z_k - max z) - ln sum exp(z - max z), in this order, so that huge logits cancel exactly. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const { largest, rest } = logSumExp(logits);
  return Float64Array.from(logits, (logit) => logit - largest - rest);
}
