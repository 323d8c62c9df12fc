import { checkClassCounts } from "../validation/checkClassCounts.ts";
import { checkRange } from "../validation/checkRange.ts";

/**
 * LDAM's margins: m_k = maxMargin (n_min / n_k)^(1/4), largest for the rarest class.
 * The root is taken as two square roots, which are correctly rounded.
 *
 * @param classCounts n_k, whole numbers of 1 or more
 * @param maxMargin the rarest class's margin, 0 or more (default 0.5)
 * @returns K margins in (0, maxMargin]
 * @throws ArgumentError `empty_class`, `invalid_class_counts`, `out_of_range`
 * @see Cao et al. 2019, https://arxiv.org/abs/1906.07413
 */
export function ldamMargins(classCounts: readonly number[], maxMargin = 0.5): number[] {
  checkClassCounts(classCounts);
  checkRange("maxMargin", maxMargin, { min: 0 });
  const smallest = classCounts.reduce((a, b) => Math.min(a, b));
  return classCounts.map((count) => maxMargin * Math.sqrt(Math.sqrt(smallest / count)));
}
