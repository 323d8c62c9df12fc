import { checkChoice } from "../validation/checkChoice.ts";
import { checkClassCounts } from "../validation/checkClassCounts.ts";
import { checkRange } from "../validation/checkRange.ts";

/** How the strength grows from the rarest class to the most frequent one. */
export type LabelAwareShape = "concave" | "linear" | "convex" | "exponential";

const shapes: readonly LabelAwareShape[] = ["concave", "linear", "convex", "exponential"];

/** Parameters of label-aware smoothing. */
export interface LabelAwareOptions {
  /** Strength of the most frequent class, in [0, 1]. MiSLAS: 0.3 on CIFAR-10-LT. */
  readonly headEpsilon: number;
  /** Strength of the rarest class, in [0, 1]. MiSLAS: 0. */
  readonly tailEpsilon: number;
  readonly shape: LabelAwareShape;
  /** Exponent of shape `exponential`, above 0 (default 1, which is linear). */
  readonly power?: number;
}

/**
 * Label-aware strengths e_y: frequent classes, of which a model is over-confident, are smoothed more.
 *
 * With r = (n_y - n_min) / (n_max - n_min), h = head, t = tail:
 * concave t + (h-t) sin(pi r / 2); linear t + (h-t) r; convex h + (h-t) sin(3 pi/2 + pi r/2), computed as
 * t + (h-t) 2 sin^2(pi r / 4), which has no cancellation; exponential t + (h-t) r^power.
 * Equal counts make r = 0/0; it is then 1, so that every class gets the head's strength.
 *
 * @param classCounts n_k, whole numbers of 0 or more
 * @returns e_y for each class, between tail and head
 * @throws ArgumentError `invalid_class_counts`, `epsilon_out_of_range`, `out_of_range`,
 * `invalid_argument` for an unknown shape
 * @see Zhong et al. 2021 (MiSLAS), https://arxiv.org/abs/2104.00466
 */
export function labelAwareEpsilon(classCounts: readonly number[], options: LabelAwareOptions): number[] {
  checkClassCounts(classCounts, { emptyAllowed: true });
  const { headEpsilon, tailEpsilon, shape, power = 1 } = options;
  checkRange("headEpsilon", headEpsilon, { min: 0, max: 1, code: "epsilon_out_of_range" });
  checkRange("tailEpsilon", tailEpsilon, { min: 0, max: 1, code: "epsilon_out_of_range" });
  checkRange("power", power, { min: 0, open: true });
  checkChoice("shape", shape, shapes);
  const largest = classCounts.reduce((a, b) => Math.max(a, b));
  const smallest = classCounts.reduce((a, b) => Math.min(a, b));
  return classCounts.map((count) => {
    const rank = largest === smallest ? 1 : (count - smallest) / (largest - smallest);
    return tailEpsilon + (headEpsilon - tailEpsilon) * rise(shape, rank, power);
  });
}

/** The share of the way from tail to head at rank r in [0, 1]. */
function rise(shape: LabelAwareShape, rank: number, power: number): number {
  switch (shape) {
    case "concave":
      return Math.sin((Math.PI * rank) / 2);
    case "linear":
      return rank;
    case "convex":
      return 2 * Math.sin((Math.PI * rank) / 4) ** 2;
    case "exponential":
      return rank ** power;
    default:
      return shape satisfies never;
  }
}
