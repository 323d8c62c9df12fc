import { scheduleFactor } from "../strengths/scheduleFactor.ts";
import type { TargetPlan } from "./targetPlan.ts";

/**
 * The plan of one epoch: its schedule and its deferred weights applied, and nothing left that changes over time but
 * progressive sampling.
 *
 * @param epoch t, counted from 0
 * @param plan any plan
 * @returns a plan without schedule and deferred weights
 * @throws ArgumentError `out_of_range`
 */
export function planAtEpoch(plan: TargetPlan, epoch: number): TargetPlan {
  const factor = scheduleFactor(plan.schedule ?? { kind: "constant" }, epoch);
  const { epsilon, deferredWeight } = plan;
  const deferred = deferredWeight !== null && epoch >= deferredWeight.startEpoch;
  return {
    ...plan,
    epsilon: typeof epsilon === "number" ? epsilon * factor : epsilon.map((own) => own * factor),
    schedule: null,
    sampleWeight: deferred ? deferredWeight.sampleWeight : plan.sampleWeight,
    deferredWeight: null,
  };
}
