import { PREDICTED_CLASSES_MAX, type TrainingSpec } from "@smoothsweep/contracts";
import type { TargetPlan } from "@smoothsweep/smoothing";

/** One reason why a plan cannot be trained, and whether it holds. */
interface Obstacle {
  holds: (plan: TargetPlan, training: TrainingSpec, classCounts: readonly number[]) => boolean;
  reason: string;
}

function largestOf(epsilon: TargetPlan["epsilon"]): number {
  return typeof epsilon === "number" ? epsilon : Math.max(...epsilon);
}

function isSmoothed({ epsilon }: TargetPlan): boolean {
  return largestOf(epsilon) > 0;
}

/** Sigmoid targets that are not rows of softmax. */
function namesItsOwnTargets(loss: TrainingSpec["loss"]): boolean {
  return loss?.kind === "binary-cross-entropy" && loss.convention !== "softmax";
}

/** Mixings that follow the model's own predictions. */
function isPredicted({ mixing }: TargetPlan): boolean {
  return mixing.kind === "online" || mixing.kind === "zipf";
}

const obstacles: readonly Obstacle[] = [
  {
    holds: ({ mixing }, { loss }) => loss?.kind === "max-suppression" && mixing.kind !== "uniform",
    reason: "max-suppression needs uniform mixing, and the strategy mixes with something else",
  },
  {
    holds: ({ classTermWeight }, { loss }) =>
      classTermWeight !== null && loss !== undefined && loss.kind !== "cross-entropy",
    reason: "class-term weights are defined for cross-entropy only",
  },
  {
    holds: ({ logitOffset }, { loss }) =>
      logitOffset !== null && loss?.kind === "squared-error" && loss.output === "linear",
    reason: "logit offsets have no meaning for squared error on linear outputs",
  },
  {
    holds: ({ logitOffset }, { loss }) => logitOffset !== null && loss?.kind === "binary-cross-entropy",
    reason: "logit offsets are defined for softmax, and binary-cross-entropy has sigmoids",
  },
  {
    holds: (plan, { loss }) => namesItsOwnTargets(loss) && isSmoothed(plan) && plan.mixing.kind !== "uniform",
    reason: "binary-cross-entropy mixes with something else than 1/2 in its convention softmax only",
  },
  {
    holds: (plan, { loss }) => namesItsOwnTargets(loss) && isSmoothed(plan) && plan.smoothing.convention !== "uniform",
    reason:
      "conventions half and flip of binary-cross-entropy take the place of smoothing.convention, which must be uniform",
  },
  {
    holds: ({ epsilon }, { loss }) =>
      loss?.kind === "binary-cross-entropy" && loss.convention === "flip" && largestOf(epsilon) > 1 / 2,
    reason: "labels that are flipped with an epsilon above 1/2 say the opposite",
  },
  {
    holds: ({ margin }, { mixup = 0 }) => margin !== null && mixup > 0,
    reason: "margins are on one true class, and mixup gives a row two",
  },
  {
    holds: (plan, { mixup = 0 }) => isPredicted(plan) && isSmoothed(plan) && mixup > 0,
    reason: "mixing that follows the model's predictions is defined for rows of one class, and mixup gives a row two",
  },
  {
    holds: (plan) => isPredicted(plan) && isSmoothed(plan) && plan.classCount > PREDICTED_CLASSES_MAX,
    reason: `mixing that follows the model's predictions works for at most ${PREDICTED_CLASSES_MAX} classes`,
  },
  {
    holds: ({ sampling }, _training, classCounts) => sampling !== null && classCounts.some((count) => count === 0),
    reason: "a class without training rows cannot be sampled",
  },
];

/** Why a plan cannot be trained with these settings on these data; undefined when it can. */
export function obstacleTo(
  plan: TargetPlan,
  training: TrainingSpec,
  classCounts: readonly number[],
): string | undefined {
  return obstacles.find(({ holds }) => holds(plan, training, classCounts))?.reason;
}
