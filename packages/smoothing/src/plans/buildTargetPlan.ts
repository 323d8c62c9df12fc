import { checkSmoothing } from "../conventions/checkSmoothing.ts";
import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import type { StrategySpec } from "../strategies/strategySpec.ts";
import type { Treatment } from "../strategies/treatment.ts";
import { treatmentOf } from "../strategies/treatmentOf.ts";
import { scheduleFactor } from "../strengths/scheduleFactor.ts";
import type { PlanContext } from "./planContext.ts";
import type { TargetPlan } from "./targetPlan.ts";
import { targetsInConvention } from "./targetsInConvention.ts";

/** A smoothing with the strategy it is used under. */
export interface PlanSpec {
  readonly smoothing: SmoothingSpec;
  readonly strategy: StrategySpec;
}

/**
 * Works out what the loss sees under a smoothing and a strategy. O(K) unless the mixing is a matrix.
 *
 * @param spec smoothing and strategy as the user wrote them
 * @param context K, and the class counts and the taxonomy where the strategy needs them
 * @returns the plan in canonical form
 * @throws ArgumentError for any value outside its domain, see `checkSmoothing` and the functions of each strategy
 * @example
 * buildTargetPlan({ smoothing: { convention: "off-target", epsilon: 0.09 }, strategy: { kind: "none" } },
 *   { classCount: 10 }).epsilon; // 0.1
 */
export function buildTargetPlan(spec: PlanSpec, context: PlanContext): TargetPlan {
  const { smoothing, strategy } = spec;
  const { classCount } = context;
  checkSmoothing(smoothing, classCount);
  const treatment = treatmentOf(strategy, smoothing, context);
  const { schedule = { kind: "constant" } } = smoothing;
  scheduleFactor(schedule, 0);
  return {
    classCount,
    smoothing,
    strategy,
    ...targetsOf(smoothing, treatment, classCount),
    schedule: schedule.kind === "constant" ? null : schedule,
    sampleWeight: treatment.sampleWeight ?? 1,
    classTermWeight: treatment.classTermWeight ?? null,
    deferredWeight: treatment.deferredWeight ?? null,
    sampling: treatment.sampling ?? null,
    logitOffset: treatment.logitOffset ?? null,
    postHocOffset: treatment.postHocOffset ?? null,
    margin: treatment.margin ?? null,
  };
}

function targetsOf(
  smoothing: SmoothingSpec,
  treatment: Treatment,
  classCount: number,
): Pick<TargetPlan, "epsilon" | "mixing" | "rowSum"> {
  const { rows, epsilon, mixing = { kind: "uniform" } } = treatment;
  if (rows !== undefined) return { epsilon: 1, mixing: rows, rowSum: 1 };
  if (epsilon !== undefined) return { epsilon, mixing, rowSum: 1 };
  return targetsInConvention(smoothing, treatment, classCount);
}
