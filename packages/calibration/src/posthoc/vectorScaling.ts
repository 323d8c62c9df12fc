import type { Predictions } from "../predictions.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { requireAllFinite, requireLength } from "../validation/requireArray.ts";
import { requirePositive } from "../validation/requireNumber.ts";
import { requirePredictions } from "../validation/requirePredictions.ts";
import { minimiseSmooth, type SmoothValue } from "./minimiseSmooth.ts";

/** Per-class bias and temperature fitted on validation data. */
export interface VectorScalingFit {
  /** T above 0, common to all classes. */
  readonly temperature: number;
  /** K biases added after the division, summing to 0. */
  readonly biases: Float64Array;
  /** Validation NLL before, in nats. */
  readonly nllBefore: number;
  /** Validation NLL after, in nats, without the penalty. */
  readonly nllAfter: number;
  /** Iterations of the search. */
  readonly iterations: number;
  /** Whether T lies on its largest allowed value. */
  readonly isAtBound: boolean;
}

/** Options of {@link fitVectorScaling}. */
export interface VectorScalingOptions {
  /** Weight of `(1/T - 1)^2 / 2 + |b|^2 / 2`; 1/N (default), a standard normal prior on each parameter. */
  readonly penalty?: number;
  /** Largest temperature allowed, 100 (default). */
  readonly temperatureMax?: number;
}

/** Mean NLL and its gradient in (1/T, b_1 .. b_K), in one pass. */
function likelihood({ logits, labels, classCount }: Predictions, point: Float64Array): SmoothValue {
  const gradient = new Float64Array(classCount + 1);
  const count = labels.length;
  const scores = new Float64Array(classCount);
  let nll = 0;
  for (let row = 0; row < count; row++) {
    const start = row * classCount;
    let largest = -Infinity;
    for (let k = 0; k < classCount; k++) {
      scores[k] = point[0]! * logits[start + k]! + point[k + 1]!;
      largest = Math.max(largest, scores[k]!);
    }
    const own = scores[labels[row]!]!;
    let total = 0;
    for (let k = 0; k < classCount; k++) {
      scores[k] = Math.exp(scores[k]! - largest);
      total += scores[k]!;
    }
    nll += Math.log(total) + largest - own;
    for (let k = 0; k < classCount; k++) {
      const residual = scores[k]! / total - (k === labels[row] ? 1 : 0);
      gradient[0]! += residual * logits[start + k]!;
      gradient[k + 1]! += residual;
    }
  }
  return { value: nll / count, gradient: gradient.map((component) => component / count) };
}

function penalised(validation: Predictions, penalty: number, fixedInverse: number | null) {
  return (point: Float64Array): SmoothValue => {
    const { value, gradient } = likelihood(validation, point);
    let squares = 0;
    for (let index = 0; index < point.length; index++) {
      const deviation = point[index]! - (index === 0 ? 1 : 0);
      squares += deviation * deviation;
      gradient[index]! += penalty * deviation;
    }
    if (fixedInverse !== null) gradient[0] = 0;
    return { value: value + (penalty * squares) / 2, gradient };
  };
}

/**
 * Fits vector scaling, `softmax(z / T + b)`, by penalised likelihood **on validation data, never on test**.
 *
 * One temperature and a bias per class: corrects class marginals, which temperature alone cannot. (Guo's version has a
 * scale per class; one common T keeps a sweep comparable and does not overfit at large K.) The small default penalty
 * makes the minimum unique and finite even where a class does not occur in validation. Convex; limited-memory BFGS.
 *
 * @param validation - logits and original hard labels held out from training and test
 * @param options - penalty and largest temperature
 * @returns temperature, biases and the NLL before and after
 * @throws {ArgumentError} when predictions or options break a rule
 * @see Guo, Pleiss, Sun, Weinberger 2017
 * @see Alexandari, Kundaje, Shrikumar, "Maximum likelihood with bias-corrected calibration", 2020
 */
export function fitVectorScaling(validation: Predictions, options: VectorScalingOptions = {}): VectorScalingFit {
  const count = requirePredictions(validation);
  const { penalty = 1 / count, temperatureMax = 100 } = options;
  requirePositive("penalty", penalty);
  if (!(Number.isFinite(temperatureMax) && temperatureMax >= 1))
    throw new ArgumentError("temperatureMax", "must be a number of at least 1", temperatureMax);
  const start = new Float64Array(validation.classCount + 1);
  start[0] = 1;
  let minimum = minimiseSmooth(penalised(validation, penalty, null), start);
  const isAtBound = minimum.point[0]! < 1 / temperatureMax;
  if (isAtBound) {
    start[0] = 1 / temperatureMax;
    minimum = minimiseSmooth(penalised(validation, penalty, start[0]), start);
  }
  const biases = minimum.point.slice(1);
  const centre = biases.reduce((sum, bias) => sum + bias, 0) / biases.length;
  start.fill(0);
  start[0] = 1;
  return {
    temperature: 1 / minimum.point[0]!,
    biases: biases.map((bias) => bias - centre),
    nllBefore: likelihood(validation, start).value,
    nllAfter: likelihood(validation, minimum.point).value,
    iterations: minimum.iterations,
    isAtBound,
  };
}

/**
 * Applies vector scaling to logits: `z_k / T + b_k`.
 *
 * @param predictions - logits with labels, for example of the test set
 * @param scaling - temperature above 0 and K finite biases, from {@link fitVectorScaling}
 * @returns predictions with scaled logits and the same labels
 * @throws {ArgumentError} when predictions or scaling break a rule
 * @see Guo, Pleiss, Sun, Weinberger 2017
 */
export function applyVectorScaling(
  predictions: Predictions,
  scaling: { readonly temperature: number; readonly biases: ArrayLike<number> },
): Predictions {
  requirePredictions(predictions);
  const { logits, labels, classCount } = predictions;
  requirePositive("temperature", scaling.temperature);
  requireLength("biases", scaling.biases, classCount);
  requireAllFinite("biases", scaling.biases);
  const scaled = Float64Array.from(
    logits,
    (logit, index) => logit / scaling.temperature + scaling.biases[index % classCount]!,
  );
  return { logits: scaled, labels, classCount };
}
