import { planAtEpoch, type StaticMixing, type TargetPlan, teacherDistribution } from "@smoothsweep/smoothing";
import type { LossSettings } from "../settings/lossSettings.ts";
import { createDenseTargets, KEPT_CLASSES_MAX, type MixingOf } from "./denseTargets.ts";
import { createFactoredTargets } from "./factoredTargets.ts";
import { createOnlineAverages, type OnlineAverages } from "./onlineAverages.ts";
import type { TrialTargets } from "./trialTargets.ts";

/** What one trial's loss sees in one epoch. */
export interface EpochTargets {
  /** The plan of this epoch: schedule and deferred weights applied. */
  readonly plan: TargetPlan;
  readonly targets: TrialTargets;
}

/** A trial's targets over the epochs. */
export interface TargetTimeline {
  /** @param epoch counted from 1, asked for in order */
  at(epoch: number): EpochTargets;
  /** Takes the predictions of a training batch; null when the plan does not depend on them. */
  readonly observe: OnlineAverages["observe"] | null;
}

/** What a timeline is made from besides the plan. */
export interface TimelineOptions {
  readonly loss: LossSettings;
  /** Training rows x K, for a plan whose mixing is a stored run's predictions. */
  readonly teacherLogits?: Float32Array | undefined;
}

function scaledEpsilon(epsilon: TargetPlan["epsilon"], factor: number): TargetPlan["epsilon"] {
  return typeof epsilon === "number" ? epsilon * factor : epsilon.map((own) => own * factor);
}

/**
 * The plan whose rows the loss compares with, where that is not the plan itself. Max suppression brings the strength into
 * the loss: its targets are the hard labels. Sigmoids are pulled towards 1/2 each, (1 - s) onehot + s/2, and `flip` is
 * that of twice its strength.
 */
function comparedPlan(plan: TargetPlan, loss: LossSettings): TargetPlan {
  if (loss.kind === "max-suppression") return { ...plan, epsilon: 0 };
  if (loss.kind !== "binary-cross-entropy" || loss.convention === "softmax") return plan;
  const epsilon = scaledEpsilon(plan.epsilon, loss.convention === "flip" ? 2 : 1);
  return { ...plan, epsilon, mixing: { kind: "vector", values: Array<number>(plan.classCount).fill(1 / 2) } };
}

/** Whether O(K) numbers stand for a plan's K x K targets. A property of the plan alone, whatever the pack. */
export function isFactored({ classCount, mixing }: TargetPlan): boolean {
  return classCount > KEPT_CLASSES_MAX && (mixing.kind === "uniform" || mixing.kind === "vector");
}

function teacherMixing(plan: TargetPlan, logits: Float32Array | undefined): MixingOf | undefined {
  const { classCount, mixing } = plan;
  if (mixing.kind !== "teacher" || logits === undefined) return undefined;
  return ({ row }) =>
    teacherDistribution(Array.from(logits.subarray(row * classCount, (row + 1) * classCount)), mixing.temperature);
}

/**
 * A plan's targets from epoch to epoch. Rows are made anew only for plans that change; online smoothing starts uniform
 * and takes over the predictions of each epoch in the next one.
 */
export function createTargetTimeline(plan: TargetPlan, { loss, teacherLogits }: TimelineOptions): TargetTimeline {
  const online = plan.mixing.kind === "online" ? createOnlineAverages(plan.classCount) : null;
  const changes = plan.schedule !== null || plan.deferredWeight !== null || online !== null;
  let latest: EpochTargets | undefined;
  const build = (epoch: number, mixing: StaticMixing | undefined): EpochTargets => {
    const dated = planAtEpoch(mixing ? { ...plan, mixing } : plan, epoch - 1);
    const compared = comparedPlan(dated, loss);
    const targets = isFactored(plan)
      ? createFactoredTargets(compared, loss)
      : createDenseTargets(compared, loss, teacherMixing(plan, teacherLogits));
    return { plan: dated, targets };
  };
  return {
    at(epoch) {
      // Before anything was observed this is the uniform distribution.
      if (latest === undefined || changes) latest = build(epoch, online?.finishEpoch());
      return latest;
    },
    observe: online?.observe ?? null,
  };
}
