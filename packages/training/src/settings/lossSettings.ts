/**
 * What is minimised. Every kind is a function of the logits that the plan lets the loss see and of its target rows q;
 * an example of class y counts w_y times, and a step follows the mean over the batch. Nats where it is an entropy.
 */
export type LossSettings =
  /** - sum_k q_k ln p_k. What is trained when nothing is given. */
  | { readonly kind: "cross-entropy" }
  /** - sum_k q_k (1 - p_k)^gamma ln p_k, gamma 0 or more; with hard labels Lin et al. 2017, with soft ones Keras's form. */
  | { readonly kind: "focal"; readonly gamma: number }
  /** Cross entropy - beta H(p). Pereyra et al. 2017. */
  | { readonly kind: "confidence-penalty"; readonly beta: number }
  /** Cross entropy + weight x mean_k max(0, max_j z_j - z_k - margin). Liu et al. 2022. */
  | { readonly kind: "margin-label-smoothing"; readonly margin: number; readonly weight: number }
  /** Cross entropy of the hard label + e_y (max_j z_j - mean_k z_k), e_y from the plan. Zhou et al. 2025. */
  | { readonly kind: "max-suppression" }
  /**
   * - sum_k t_k ln s(z_k) + (1 - t_k) ln s(-z_k), one sigmoid s per class. Smoothed by e_y of the plan, t is 1 - e/2 and
   * e/2 (`half`: Keras), 1 - e and e (`flip`), or the plan's row q (`softmax`: timm).
   */
  | { readonly kind: "binary-cross-entropy"; readonly convention: "half" | "flip" | "softmax" }
  /** sum_k (o_k - q_k)^2 with o = softmax(z) or o = z. */
  | { readonly kind: "squared-error"; readonly output: "softmax" | "linear" };

/** The loss that settings of training ask for. */
export function lossOf({ loss }: { readonly loss?: LossSettings | undefined }): LossSettings {
  return loss ?? { kind: "cross-entropy" };
}
