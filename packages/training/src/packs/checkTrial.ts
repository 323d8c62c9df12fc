import { AppError, labelsPerRow, PREDICTED_CLASSES_MAX } from "@smoothsweep/contracts";
import type { TargetPlan } from "@smoothsweep/smoothing";
import type { LossSettings } from "../settings/lossSettings.ts";
import type { PackData, PackTrial } from "./packTypes.ts";

/** A plan that cannot be honoured: its reason, or nothing. Ignoring a part would train something else than was asked for. */
type PlanRule = (trial: PackTrial, loss: LossSettings, data: PackData) => string | undefined;

function classCountRule({ plan }: PackTrial, _: LossSettings, { classCount }: PackData): string | undefined {
  if (plan.classCount === classCount) return undefined;
  return `\`plan.classCount\` must be that of the data, ${classCount}, got ${plan.classCount}`;
}

/** Whether targets follow the model's own predictions. */
function isPredicted({ mixing }: TargetPlan): boolean {
  return mixing.kind === "online" || mixing.kind === "zipf";
}

function mixingRule({ plan, teacherLogits }: PackTrial, _: LossSettings, { train, classCount }: PackData) {
  if (isPredicted(plan) && classCount > PREDICTED_CLASSES_MAX) {
    return `mixing \`${plan.mixing.kind}\` works for at most ${PREDICTED_CLASSES_MAX} classes, got ${classCount}`;
  }
  const expected = train.labels.length * classCount;
  if (plan.mixing.kind !== "teacher" || teacherLogits?.length === expected) return undefined;
  return `mixing \`teacher\` needs the stored run's logits of all training rows, ${expected} numbers, got ${teacherLogits?.length ?? 0}`;
}

function samplingRule({ plan }: PackTrial, _: LossSettings, data: PackData): string | undefined {
  const { train, classCount, inputShape } = data;
  if (plan.sampling === null) return undefined;
  if (labelsPerRow(inputShape) > 1)
    return "`plan.sampling` draws rows by their class, and rows of these data have many";
  const counts = new Array<number>(classCount).fill(0);
  for (const label of train.labels) counts[label]! += 1;
  const { classProbability, finalClassProbability } = plan.sampling;
  const given = finalClassProbability ? [classProbability, finalClassProbability] : [classProbability];
  if (given.some((probabilities) => probabilities.length !== classCount)) {
    return `\`plan.sampling\` must have a probability for each of ${classCount} classes`;
  }
  const empty = counts.findIndex((count, label) => count === 0 && given.some((row) => (row[label] as number) > 0));
  return empty === -1 ? undefined : `\`plan.sampling\` must not draw class ${empty}, which has no training row`;
}

/** Class-term weights are defined by PyTorch for cross entropy only. */
function classTermRule({ plan }: PackTrial, loss: LossSettings): string | undefined {
  if (plan.classTermWeight === null || loss.kind === "cross-entropy") return undefined;
  return `class-term weights are not defined for loss \`${loss.kind}\``;
}

/** Whether mixing is uniform, also where it was written as a prior of equal classes. */
function isPlainSmoothing({ mixing, rowSum, classCount }: TargetPlan): boolean {
  if (rowSum !== 1) return false;
  if (mixing.kind === "vector") return mixing.values.every((share) => Math.abs(share - 1 / classCount) < 1e-9);
  return mixing.kind === "uniform";
}

function maxSuppressionRule({ plan }: PackTrial, loss: LossSettings): string | undefined {
  if (loss.kind !== "max-suppression" || isPlainSmoothing(plan)) return undefined;
  return "loss `max-suppression` needs uniform mixing and rows that sum to 1";
}

/** Softmax does not see a constant added to all logits, so equivalent plans may differ by one; other outputs do see it. */
function offsetRule({ plan }: PackTrial, loss: LossSettings): string | undefined {
  if (plan.logitOffset === null) return undefined;
  if (loss.kind === "binary-cross-entropy") return "logit offsets are not defined for sigmoids";
  if (loss.kind !== "squared-error" || loss.output !== "linear") return undefined;
  return "logit offsets are not defined for squared errors of linear outputs";
}

/** `half` and `flip` say themselves where the mass goes; rows of a prior have no such form. */
function sigmoidRule({ plan }: PackTrial, loss: LossSettings): string | undefined {
  if (loss.kind !== "binary-cross-entropy" || loss.convention === "softmax") return undefined;
  const { epsilon, mixing, rowSum } = plan;
  const largest = typeof epsilon === "number" ? epsilon : epsilon.reduce((a, b) => Math.max(a, b));
  if (largest === 0) return undefined;
  const { convention } = loss;
  if (mixing.kind !== "uniform" || rowSum !== 1)
    return `sigmoid targets of convention \`${convention}\` need uniform mixing`;
  const bound = convention === "flip" ? 1 / 2 : 1;
  return largest <= bound
    ? undefined
    : `sigmoid targets of convention \`${convention}\` need an epsilon of at most ${bound}`;
}

/** A mixed row has no one true class, and mixed tokens are no tokens. */
function mixupRule({ plan, training }: PackTrial, _: LossSettings, { inputShape }: PackData): string | undefined {
  if ((training?.mixup ?? 0) === 0) return undefined;
  if (inputShape.kind === "tokens") return "`training.mixup` is not defined for tokens";
  if (plan.margin !== null) return "`training.mixup` is not defined for margins, which are on one true class";
  return isPredicted(plan) ? `\`training.mixup\` is not defined for mixing \`${plan.mixing.kind}\`` : undefined;
}

const rules: readonly PlanRule[] = [
  classCountRule,
  mixingRule,
  samplingRule,
  classTermRule,
  maxSuppressionRule,
  offsetRule,
  sigmoidRule,
  mixupRule,
];

/**
 * Refuses a trial that training cannot honour in full.
 * @throws AppError `training_failed` with the reason
 */
export function checkTrial(trial: PackTrial, loss: LossSettings, data: PackData): void {
  for (const rule of rules) {
    const reason = rule(trial, loss, data);
    if (reason !== undefined) throw new AppError("training_failed", reason, { context: { trialId: trial.trialId } });
  }
}
