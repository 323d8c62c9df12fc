import { normalCumulative, normalQuantile } from "./normalDistribution.ts";
import { mean } from "./sampleMoments.ts";

/** Numbers this close, relative to their scale, are equal but for the order in which they were added up. */
const equalTolerance = 1e-12;

/** What {@link bcaProbabilities} needs. */
interface BcaInput {
  readonly data: readonly number[];
  readonly statistic: (values: readonly number[]) => number;
  readonly estimate: number;
  readonly replicates: Float64Array;
  /** `(1 - level) / 2`. */
  readonly tail: number;
}

function scaleOf(values: ArrayLike<number>): number {
  let scale = 0;
  for (let index = 0; index < values.length; index++) scale = Math.max(scale, Math.abs(values[index]!));
  return scale;
}

/**
 * Share of replicates below the estimate, equal ones counting half. A resample that is a permutation of the data can
 * differ from the estimate in the last bit only; it counts as equal, as it would in exact arithmetic.
 */
function shareBelow(replicates: Float64Array, estimate: number, scale: number): number {
  let twice = 0;
  for (const replicate of replicates) {
    const difference = replicate - estimate;
    if (Math.abs(difference) <= equalTolerance * scale) twice += 1;
    else if (difference < 0) twice += 2;
  }
  return twice / (2 * replicates.length);
}

/** Acceleration from the jackknife, `sum u^3 / (6 (sum u^2)^1.5)` with u = mean - leave-one-out; `null` without spread. */
function acceleration(data: readonly number[], statistic: BcaInput["statistic"], scale: number): number | null {
  if (data.length < 2) return null;
  const leaveOneOut = data.map((_, left) => statistic(data.filter((_, index) => index !== left)));
  const centre = mean(leaveOneOut);
  const deviations = leaveOneOut.map((value) => centre - value);
  const largest = scaleOf(deviations);
  if (largest <= equalTolerance * scale) return null;
  let squares = 0;
  let cubes = 0;
  for (const deviation of deviations) {
    const unit = deviation / largest;
    squares += unit ** 2;
    cubes += unit ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}

/**
 * The two probabilities at which a BCa interval reads the replicates.
 *
 * `P(Z <= z0 + (z0 + z) / (1 - a (z0 + z)))` for z at both tails. `null` without spread, or when all replicates lie on one
 * side of the estimate, so that the bias has no finite value.
 *
 * @param input - data, statistic, estimate, replicates and tail probability
 * @returns low and high probability, or `null`
 * @see Efron, "Better bootstrap confidence intervals", 1987
 */
export function bcaProbabilities(input: BcaInput): readonly [number, number] | null {
  const { data, statistic, estimate, replicates, tail } = input;
  const scale = scaleOf(data);
  const share = shareBelow(replicates, estimate, Math.max(scale, Math.abs(estimate)));
  const a = acceleration(data, statistic, scale);
  if (a === null || share === 0 || share === 1) return null;
  const bias = normalQuantile(share);
  const move = (z: number) => normalCumulative(bias + (bias + z) / (1 - a * (bias + z)));
  const z = normalQuantile(tail);
  return [move(z), move(-z)];
}
