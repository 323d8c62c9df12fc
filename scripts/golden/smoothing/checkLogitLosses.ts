import {
  confidencePenalty,
  focalLoss,
  ldamLoss,
  ldamMargins,
  logitAdjustedCrossEntropy,
  marginLabelSmoothing,
  maxSuppression,
  postHocPrediction,
  type Reduction,
} from "@smoothsweep/smoothing";
import { compareLoss } from "./compareLoss.ts";
import type { EntryCheck } from "./entryCheck.ts";

function batchOf(check: EntryCheck) {
  return {
    logits: check.read<readonly (readonly number[])[]>("logits"),
    labels: check.read<readonly number[]>("targets"),
    reduction: check.read<Reduction>("reduction"),
  };
}

export function checkFocal(check: EntryCheck): void {
  const { logits, labels, reduction } = batchOf(check);
  const gamma = check.read<number>("gamma");
  compareLoss(check, () => focalLoss(logits, labels, { gamma, reduction }));
}

export function checkConfidencePenalty(check: EntryCheck): void {
  const { logits, labels, reduction } = batchOf(check);
  const beta = check.read<number>("beta");
  compareLoss(check, () => confidencePenalty(logits, labels, { beta, reduction }));
}

export function checkMarginLabelSmoothing(check: EntryCheck): void {
  const { logits, labels, reduction } = batchOf(check);
  const options = { margin: check.read<number>("margin"), penaltyWeight: check.read<number>("penaltyWeight") };
  compareLoss(check, () => marginLabelSmoothing(logits, labels, { ...options, reduction }));
}

export function checkMaxSup(check: EntryCheck): void {
  const { logits, labels, reduction } = batchOf(check);
  const epsilon = check.read<number>("epsilon");
  compareLoss(check, () => maxSuppression(logits, labels, { epsilon, reduction }));
}

export function checkLogitAdjusted(check: EntryCheck): void {
  const { logits, labels, reduction } = batchOf(check);
  const classCounts = check.read<readonly number[]>("classCounts");
  const tau = check.read<number>("tau");
  const labelSmoothing = check.read<number>("labelSmoothing");
  compareLoss(check, () => logitAdjustedCrossEntropy(logits, labels, { classCounts, tau, labelSmoothing, reduction }));
  check.exact("postHocPrediction", postHocPrediction(logits, classCounts, tau));
}

export function checkLdam(check: EntryCheck): void {
  const { logits, labels, reduction } = batchOf(check);
  const classCounts = check.read<readonly number[]>("classCounts");
  const maxMargin = check.read<number>("maxMargin");
  const scale = check.read<number>("scale");
  const classWeights = check.read<readonly number[] | null>("classWeights");
  check.near("margins", ldamMargins(classCounts, maxMargin));
  const options = { classCounts, maxMargin, scale, reduction };
  compareLoss(check, () => ldamLoss(logits, labels, classWeights === null ? options : { ...options, classWeights }));
}
