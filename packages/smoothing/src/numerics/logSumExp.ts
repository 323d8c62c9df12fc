/**
 * ln sum_k exp(z_k) without overflow: the largest logit is taken out first, and the rest enters through log1p, so that
 * a loss of 1e-300 is not rounded to 0.
 *
 * @param logits one or more finite numbers
 * @returns the largest logit and ln sum exp(z - largest), which lies in [0, ln K]
 */
export function logSumExp(logits: ArrayLike<number>): { readonly largest: number; readonly rest: number } {
  let at = 0;
  for (let index = 1; index < logits.length; index++) if (logits[index]! > logits[at]!) at = index;
  const largest = logits[at]!;
  let others = 0;
  for (let index = 0; index < logits.length; index++) if (index !== at) others += Math.exp(logits[index]! - largest);
  return { largest, rest: Math.log1p(others) };
}
