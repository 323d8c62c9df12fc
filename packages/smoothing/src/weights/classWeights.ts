import { checkChoice } from "../validation/checkChoice.ts";
import { balancedWeights } from "./balancedWeights.ts";
import { type ClassWeightScheme, classWeightSchemes } from "./classWeightScheme.ts";
import { effectiveNumberWeights } from "./effectiveNumberWeights.ts";
import { inverseFrequencyWeights } from "./inverseFrequencyWeights.ts";

/** A scheme with its parameter. */
export interface ClassWeightOptions {
  readonly scheme: ClassWeightScheme;
  /** beta of the effective number (default 0.999). */
  readonly beta?: number;
}

/**
 * Class weights by the name of their scheme.
 *
 * @param classCounts n_k, whole numbers of 1 or more
 * @param options the scheme, and beta of the effective number
 * @returns K weights
 * @throws ArgumentError those of the scheme's function; `invalid_argument` for an unknown scheme
 */
export function classWeights(classCounts: readonly number[], options: ClassWeightOptions): number[] {
  switch (options.scheme) {
    case "inverse-frequency":
      return inverseFrequencyWeights(classCounts);
    case "inverse-frequency-balanced":
      return balancedWeights(classCounts);
    case "effective-number":
      return effectiveNumberWeights(classCounts, options.beta ?? 0.999);
    default:
      checkChoice("scheme", options.scheme satisfies never, classWeightSchemes);
      return [];
  }
}
