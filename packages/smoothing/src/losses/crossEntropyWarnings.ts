import { flipThreshold } from "../lint/flipThreshold.ts";
import type { LintWarning } from "../lint/lintWarning.ts";
import { sum } from "../numerics/sum.ts";
import type { CrossEntropyOptions } from "./crossEntropy.ts";
import type { RowTarget } from "./crossEntropyRows.ts";

/** What PyTorch would do without a word. */
export function crossEntropyWarnings(rows: readonly RowTarget[], options: CrossEntropyOptions): LintWarning[] {
  const warnings: LintWarning[] = [];
  const { labelSmoothing = 0, classWeights, reduction = "mean" } = options;
  if (labelSmoothing > 0 && classWeights !== undefined) {
    warnings.push(...weightWarnings(classWeights, labelSmoothing));
  }
  const soft = rows.map((row) => row.given).filter((given) => typeof given !== "number");
  if (labelSmoothing > 0 && soft.some((row) => !row.every((mass) => mass === 0 || mass === 1))) {
    const message = `labelSmoothing ${labelSmoothing} is applied on top of targets that are soft already; smooth once`;
    warnings.push({ code: "double_smoothing", message });
  }
  if (soft.length > 0 && reduction === "mean" && classWeights?.some((weight) => weight !== 1)) {
    const message =
      "with probability targets the mean divides by the number of rows, with class indices by the weights of the labels: the same labels give two values";
    warnings.push({ code: "weighted_mean_differs_from_indices", message });
  }
  const off = soft.map((row) => sum(row)).find((total) => Math.abs(total - 1) > 1e-9);
  if (off !== undefined) {
    const message = `a target row sums to ${off}, not 1; loss and gradient are scaled by it`;
    warnings.push({ code: "rows_do_not_sum_to_one", message });
  }
  return warnings;
}

function weightWarnings(classWeights: readonly number[], labelSmoothing: number): LintWarning[] {
  const heaviest = classWeights.reduce((a, b) => Math.max(a, b));
  const lightest = classWeights.reduce((a, b) => Math.min(a, b));
  if (heaviest === lightest) return [];
  const ratio = heaviest / lightest;
  const threshold = flipThreshold(labelSmoothing, classWeights.length);
  const change: LintWarning = {
    code: "class_term_weights_change_optimum",
    message: "class weights multiply each term of the smoothed loss, so the optimum is w_k q_k; weight whole examples",
  };
  if (ratio <= threshold) return [change];
  const message = `the ratio of class weights ${ratio} is above K(1-e)/e + 1 = ${threshold}, so the optimum predicts the heavier class; weight whole examples`;
  return [change, { code: "class_term_weights_flip_argmax", message }];
}
