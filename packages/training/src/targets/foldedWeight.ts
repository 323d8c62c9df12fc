import { perClassValue, type TargetPlan } from "@smoothsweep/smoothing";
import type { LossSettings } from "../settings/lossSettings.ts";

/**
 * Whether a plan's weights are multiplied into its target rows. For cross entropy that is exact, w CE(q, p) = CE(w q, p),
 * because rows may have any sum. Other losses multiply the loss of the row.
 */
export function foldsWeights(loss: LossSettings): boolean {
  return loss.kind === "cross-entropy";
}

/** Factor on the loss of a row of a class, and so on its entropy: w_y where it is not in the target row. */
export function lossFactor(plan: TargetPlan, loss: LossSettings, label: number): number {
  return foldsWeights(loss) ? 1 : perClassValue(plan.sampleWeight, label);
}

/** Factor on the whole target row of a class, w_y or 1. */
export function rowFactor(plan: TargetPlan, loss: LossSettings, label: number): number {
  return foldsWeights(loss) ? perClassValue(plan.sampleWeight, label) : 1;
}
