import { classPrior } from "../mixing/classPrior.ts";
import { temperedPrior } from "../mixing/temperedPrior.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkClassCounts } from "../validation/checkClassCounts.ts";
import { checkRange } from "../validation/checkRange.ts";
import { type SamplingPlan, type SamplingScheme, samplingSchemes } from "./samplingSpec.ts";

/**
 * How often each class is drawn: p_k = n_k^q / sum_j n_j^q with q = 0 for balanced and q = 1/2 for square-root
 * sampling; progressive goes linearly from q = 1 (the data's own frequencies) to balanced. Empty classes get 0.
 *
 * @param classCounts n_k, not all 0
 * @param epochs the length of progressive sampling; all of training when left out
 * @returns class probabilities at the start and, when they change, at the end
 * @throws ArgumentError `invalid_class_counts`, `invalid_argument` for an unknown scheme, `out_of_range` for epochs below 1
 * @see Kang et al. 2020, Decoupling representation and classifier, https://arxiv.org/abs/1910.09217
 */
export function classSampling(
  classCounts: readonly number[],
  scheme: SamplingScheme,
  epochs: number | null = null,
): SamplingPlan {
  checkClassCounts(classCounts, { emptyAllowed: true });
  checkChoice("sampling", scheme, samplingSchemes);
  if (epochs !== null) checkRange("epochs", epochs, { min: 1 });
  const occupied = classCounts.reduce((occurring, count) => occurring + (count > 0 ? 1 : 0), 0);
  const balanced = classCounts.map((count) => (count > 0 ? 1 / occupied : 0));
  switch (scheme) {
    case "balanced":
      return { classProbability: balanced, finalClassProbability: null, epochs: null };
    case "square-root":
      return { classProbability: temperedPrior(classCounts, 0.5), finalClassProbability: null, epochs: null };
    case "progressive":
      return { classProbability: classPrior(classCounts), finalClassProbability: balanced, epochs };
    default:
      return scheme satisfies never;
  }
}
