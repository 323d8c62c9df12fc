import { logitAdjustment } from "../logits/logitAdjustment.ts";
import { compactPerClass } from "../plans/compactPerClass.ts";
import type { PlanContext } from "../plans/planContext.ts";
import { classSampling } from "../sampling/classSampling.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkRange } from "../validation/checkRange.ts";
import { classWeights } from "../weights/classWeights.ts";
import { effectiveNumberWeights } from "../weights/effectiveNumberWeights.ts";
import { ldamMargins } from "../weights/ldamMargins.ts";
import { requireClassCounts } from "./requireClassCounts.ts";
import type { StrategySpec } from "./strategySpec.ts";
import type { Treatment } from "./treatment.ts";

/** The strategies that change weights, sampling, logits or margins; null for any other. */
export function imbalanceTreatment(strategy: StrategySpec, context: PlanContext): Treatment | null {
  const counts = () => requireClassCounts(strategy, context);
  switch (strategy.kind) {
    case "weighted": {
      const { weights: scheme, beta, form = "per-sample" } = strategy;
      checkChoice("form", form, ["per-sample", "class-term"]);
      const weights = compactPerClass(classWeights(counts(), beta === undefined ? { scheme } : { scheme, beta }));
      return form === "per-sample" ? { sampleWeight: weights } : { classTermWeight: weights };
    }
    case "resampled":
      return { sampling: classSampling(counts(), strategy.sampling, strategy.epochs) };
    case "logit-adjusted": {
      checkChoice("when", strategy.when ?? "training", ["training", "post-hoc"]);
      const offset = logitAdjustment(counts(), strategy.tau);
      if (strategy.when === "post-hoc") return { postHocOffset: offset.map((value) => 0 - value) };
      return { logitOffset: offset };
    }
    case "balanced-softmax":
      return { logitOffset: logitAdjustment(counts(), 1) };
    case "ldam":
      return ldam(strategy, counts());
    case "ldam-drw": {
      checkRange("startEpoch", strategy.startEpoch, { min: 0 });
      const sampleWeight = compactPerClass(effectiveNumberWeights(counts(), strategy.beta ?? 0.9999));
      return { ...ldam(strategy, counts()), deferredWeight: { startEpoch: strategy.startEpoch, sampleWeight } };
    }
    default:
      return null;
  }
}

function ldam(strategy: Extract<StrategySpec, { kind: "ldam" | "ldam-drw" }>, counts: readonly number[]): Treatment {
  const { maxMargin, scale = 30 } = strategy;
  checkRange("scale", scale, { min: 0, open: true });
  return { margin: { perClass: compactPerClass(ldamMargins(counts, maxMargin)), scale } };
}
