import type { SamplingScheme } from "../sampling/samplingSpec.ts";
import type { LabelAwareShape } from "../strengths/labelAwareEpsilon.ts";
import type { ClassWeightScheme } from "../weights/classWeightScheme.ts";

/**
 * What is done about class imbalance and class similarity. One strategy composes strength, mixing distribution, weights,
 * sampling and logit offsets; whatever it does not mention stays plain smoothing with uniform mixing.
 */
export type StrategySpec =
  /** Plain smoothing: uniform mixing, every example alike. */
  | { readonly kind: "none" }
  /** The same by its other name, so that a sweep can list it beside the priors. */
  | { readonly kind: "uniform" }
  /** e times `factor`; without it, times exp(H(pi)) / K, the share of classes that the data really use. */
  | { readonly kind: "smaller-epsilon"; readonly factor?: number }
  /** A strength for each class, in the units of the convention; `smoothing.epsilon` is not used. */
  | { readonly kind: "per-class"; readonly epsilons: readonly number[] }
  /** MiSLAS: strength from `tailEpsilon` (rarest class) to `headEpsilon`; `smoothing.epsilon` is not used. */
  | {
      readonly kind: "label-aware";
      readonly headEpsilon: number;
      readonly tailEpsilon: number;
      readonly shape: LabelAwareShape;
      /** Exponent of shape `exponential`. */
      readonly power?: number;
    }
  /** u = pi. Pereyra 2017. */
  | { readonly kind: "class-prior" }
  /** u ~ 1 / pi. */
  | { readonly kind: "inverse-prior" }
  /** u ~ pi^tau: tau 1 is the prior, 0 uniform, -1 the inverse prior. */
  | { readonly kind: "tempered-prior"; readonly tau: number }
  /** A given u, or a K x K matrix whose row y is u(.|y). */
  | { readonly kind: "custom"; readonly mixing: readonly number[] | readonly (readonly number[])[] }
  /** Bertinetto 2020: the whole row is softmax of -beta x height of the lowest common ancestor; epsilon is not used. */
  | { readonly kind: "hierarchical"; readonly beta: number }
  /** u(.|y) = sum over levels l of weight_l x Uniform(leaves under the l-th ancestor of y). */
  | {
      readonly kind: "level-mixture";
      readonly levelWeights: readonly number[];
      /** Whether y itself belongs to those leaves (default true). */
      readonly includeSelf?: boolean;
    }
  /** u = softmax(z / T) with logits given here: one vector for all classes, or one row for each true class. */
  | {
      readonly kind: "teacher";
      readonly logits: readonly number[] | readonly (readonly number[])[];
      readonly temperature?: number;
    }
  /** u = softmax(z / T) with the logits that a stored run gave for each example. */
  | { readonly kind: "teacher-run"; readonly run: string; readonly temperature?: number }
  /** The same with a strength of its own: (1 - weight) onehot + weight softmax(z / T); `smoothing.epsilon` is not used. */
  | { readonly kind: "distillation"; readonly from: string; readonly temperature?: number; readonly weight?: number }
  /** Zhang 2021: u(.|y) = mean prediction of the last epoch over examples of y that were classified correctly. */
  | { readonly kind: "online" }
  /** Zipf smoothing: u_k ~ rank_k^-power, ranks by the model's own prediction (default power 1). */
  | { readonly kind: "zipf"; readonly power?: number }
  /** Class weights. `per-sample` (default) multiplies each example's loss; `class-term` is PyTorch's `weight`. */
  | {
      readonly kind: "weighted";
      readonly weights: ClassWeightScheme;
      /** beta of the effective number (default 0.999). */
      readonly beta?: number;
      readonly form?: "per-sample" | "class-term";
    }
  /** Examples are drawn by class. */
  | { readonly kind: "resampled"; readonly sampling: SamplingScheme; readonly epochs?: number }
  /** Menon 2021: + tau ln pi on the logits in training (default), or - tau ln pi at prediction. */
  | { readonly kind: "logit-adjusted"; readonly tau?: number; readonly when?: "training" | "post-hoc" }
  /** Ren 2020: logit adjustment in training with tau = 1, written with ln n_k. */
  | { readonly kind: "balanced-softmax" }
  /** Cao 2019: margin maxMargin (n_min / n_k)^(1/4) on the true class (default 0.5), scale (default 30). */
  | { readonly kind: "ldam"; readonly maxMargin?: number; readonly scale?: number }
  /** LDAM with deferred reweighting: effective-number weights from epoch `startEpoch` on. */
  | {
      readonly kind: "ldam-drw";
      readonly startEpoch: number;
      readonly maxMargin?: number;
      readonly scale?: number;
      /** beta of the effective number (default 0.9999). */
      readonly beta?: number;
    };
