import { mixingRow, perClassValue, smoothedRow, type TargetPlan } from "@smoothsweep/smoothing";
import type { LossSettings } from "../settings/lossSettings.ts";
import { entropyFloor } from "./entropies.ts";
import { lossFactor, rowFactor } from "./foldedWeight.ts";
import type { DenseTargets, Example, RankedPart, TargetRow } from "./trialTargets.ts";

/** The most classes for which rows are kept once made: 512 x 512 is 1 MiB a trial. */
export const KEPT_CLASSES_MAX = 512;

/** u(.|y) for an example, K values that sum to 1. */
export type MixingOf = (example: Example) => ArrayLike<number>;

function makeRow(
  plan: TargetPlan,
  loss: LossSettings,
  target: { label: number; mixing: ArrayLike<number> },
): TargetRow {
  const { label, mixing } = target;
  const epsilon = perClassValue(plan.epsilon, label);
  const factor = rowFactor(plan, loss, label);
  const row = smoothedRow(mixing, { trueClass: label, epsilon, rowSum: perClassValue(plan.rowSum, label) }).map(
    (mass, index) => mass * factor * perClassValue(plan.classTermWeight ?? 1, index),
  );
  return { values: Float32Array.from(row), entropy: lossFactor(plan, loss, label) * entropyFloor(row, loss) };
}

/** What of a plan's rows is not known before the batch is predicted; null unless mass is mixed by Zipf's law. */
function rankedPart(plan: TargetPlan, loss: LossSettings): RankedPart | null {
  const { mixing, epsilon, rowSum } = plan;
  const isHard = typeof epsilon === "number" ? epsilon === 0 : epsilon.every((own) => own === 0);
  if (mixing.kind !== "zipf" || isHard) return null;
  const strengthOf = (label: number) =>
    rowFactor(plan, loss, label) * perClassValue(rowSum, label) * perClassValue(epsilon, label);
  return { power: mixing.power, strengthOf };
}

/**
 * A plan's target rows in float64 arithmetic, made when first needed. Static weights are multiplied in.
 *
 * @param plan of one epoch, see `planAtEpoch`
 * @param mixingOf u per example, for a mixing that the plan does not spell out
 */
export function createDenseTargets(plan: TargetPlan, loss: LossSettings, mixingOf?: MixingOf): DenseTargets {
  const kept: (TargetRow | undefined)[] = [];
  const ranked = rankedPart(plan, loss);
  const rowOf = (example: Example): TargetRow => {
    const { label } = example;
    const known = kept[label];
    if (known) return known;
    // Without smoothing the mixing is not looked at, and may be one that needs predictions; ranks come with the batch.
    const bare = ranked !== null || perClassValue(plan.epsilon, label) === 0;
    const given = bare ? new Float64Array(plan.classCount) : mixingOf?.(example);
    const made = makeRow(plan, loss, { label, mixing: given ?? mixingRow(plan.mixing, label, plan.classCount) });
    if (plan.classCount <= KEPT_CLASSES_MAX && (bare || mixingOf === undefined)) kept[label] = made;
    return made;
  };
  return {
    form: "dense",
    ranked,
    rowOf,
    entropyOf: (example) => (ranked === null ? rowOf(example).entropy : Number.NaN),
  };
}
