import { argmaxOfRow } from "../binning/forecastOutcomes.ts";
import type { Predictions } from "../predictions.ts";
import { requireNotEmpty } from "../validation/requireArray.ts";
import { requirePositive } from "../validation/requireNumber.ts";
import { requirePredictions } from "../validation/requirePredictions.ts";
import { riskCoverageAreas } from "./riskCoverageAreas.ts";

function normalisedLargest({ logits, classCount }: Predictions, row: number, power: number): number {
  const start = row * classCount;
  const at = (k: number): number => logits[start + k]! / 2; // the score ignores scale; half of a difference cannot overflow
  let centre = 0;
  let largest = at(0);
  for (let k = 0; k < classCount; k++) {
    centre += at(k) / classCount;
    largest = Math.max(largest, at(k));
  }
  let scale = 0; // the largest absolute value is taken out, so that powers neither overflow nor underflow
  for (let k = 0; k < classCount; k++) scale = Math.max(scale, Math.abs(at(k) - centre));
  if (scale === 0) return 0;
  let powers = 0;
  for (let k = 0; k < classCount; k++) powers += (Math.abs(at(k) - centre) / scale) ** power;
  return (largest - centre) / scale / powers ** (1 / power);
}

/**
 * Logit-norm scores: largest centred logit divided by the p-norm of the centred logits, `z'_max / ||z'||_p` with
 * `z' = z - mean z`.
 *
 * Undoes the suppression of the largest logit that label smoothing causes, and with it part of the loss in selective
 * classification. Rows with equal logits score 0. Choose p on validation data ({@link chooseLogitNormPower}).
 *
 * @param predictions - logits with labels
 * @param power - p above 0, 4 (default)
 * @returns N scores in [0, 1]
 * @throws {ArgumentError} when predictions or power break a rule
 * @see Cattelan, Silva, "How to fix a broken confidence estimator", 2023
 * @see Xia et al., "Towards understanding why label smoothing degrades selective classification", 2025
 */
export function logitNormScores(predictions: Predictions, power = 4): Float64Array {
  const count = requirePredictions(predictions);
  requirePositive("power", power);
  return Float64Array.from({ length: count }, (_, row) => normalisedLargest(predictions, row, power));
}

/**
 * Chooses the p of {@link logitNormScores} with the lowest AURC **on validation data, never on test**.
 *
 * @param validation - logits and hard labels held out from training and test
 * @param powers - candidates above 0, 1 to 10 (default); ties go to the earlier one
 * @returns the chosen p and its validation AURC (mean of risks)
 * @throws {ArgumentError} when predictions or powers break a rule
 * @see Cattelan, Silva, "How to fix a broken confidence estimator", 2023
 */
export function chooseLogitNormPower(
  validation: Predictions,
  powers: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
): { readonly power: number; readonly aurc: number } {
  requireNotEmpty("powers", powers);
  const count = requirePredictions(validation);
  const { logits, labels, classCount } = validation;
  const outcomes = Uint8Array.from({ length: count }, (_, row) =>
    argmaxOfRow(logits, row, classCount) === labels[row] ? 1 : 0,
  );
  const tried = powers.map((power) => {
    return { power, aurc: riskCoverageAreas({ scores: logitNormScores(validation, power), outcomes }).aurc.mean };
  });
  return tried.reduce((best, next) => (next.aurc < best.aurc ? next : best));
}
