import type { TrainingSpec } from "@smoothsweep/contracts";
import type { TargetPlan } from "@smoothsweep/smoothing";

/** One reason why a plan cannot be trained, and whether it holds. */
interface Obstacle {
  holds: (plan: TargetPlan, loss: TrainingSpec["loss"], classCounts: readonly number[]) => boolean;
  reason: string;
}

const obstacles: readonly Obstacle[] = [
  {
    holds: ({ mixing }, loss) => loss?.kind === "max-suppression" && mixing.kind !== "uniform",
    reason: "max-suppression needs uniform mixing, and the strategy mixes with something else",
  },
  {
    holds: ({ classTermWeight }, loss) =>
      classTermWeight !== null && loss !== undefined && loss.kind !== "cross-entropy",
    reason: "class-term weights are defined for cross-entropy only",
  },
  {
    holds: ({ logitOffset }, loss) =>
      logitOffset !== null && loss?.kind === "squared-error" && loss.output === "linear",
    reason: "logit offsets have no meaning for squared error on linear outputs",
  },
  {
    holds: ({ sampling }, _loss, classCounts) => sampling !== null && classCounts.some((count) => count === 0),
    reason: "a class without training rows cannot be sampled",
  },
];

/** Why a plan cannot be trained with these settings on these data; undefined when it can. */
export function obstacleTo(
  plan: TargetPlan,
  training: TrainingSpec,
  classCounts: readonly number[],
): string | undefined {
  return obstacles.find(({ holds }) => holds(plan, training.loss, classCounts))?.reason;
}
