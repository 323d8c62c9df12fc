import { requireNumber, requireOpenUnit } from "../validation/requireNumber.ts";

/** Terms of the continued fraction of the upper tail; at x >= 3 they leave an error below 1e-15 of the value. */
const fractionTerms = 120;

/** Upper tail beyond x >= 3 by its continued fraction, relative error near 1e-15. */
function upperTail(x: number): number {
  let fraction = x;
  for (let term = fractionTerms; term > 0; term--) fraction = x + term / fraction;
  return Math.exp((-x * x) / 2) / (Math.sqrt(2 * Math.PI) * fraction);
}

/**
 * Distribution function of the standard normal, `P(Z <= x)`.
 *
 * Taylor series `1/2 + phi(x) sum x^(2k+1) / (1 3 5 .. (2k+1))` near 0, continued fraction in the tails.
 *
 * @param x - any number or infinity
 * @returns the probability, to about 1e-15
 * @throws {ArgumentError} when x is NaN
 * @see Abramowitz, Stegun, "Handbook of mathematical functions", 26.2.11 and 26.2.14, 1964
 */
export function normalCumulative(x: number): number {
  requireNumber("x", x);
  if (x <= -3) return upperTail(-x);
  if (x >= 3) return 1 - upperTail(x);
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Start value within 4.5e-4 of the quantile for p <= 1/2 (Abramowitz, Stegun 26.2.23). */
function quantileStart(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  return numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}

/**
 * Quantile of the standard normal: the x with `P(Z <= x) = p`.
 *
 * A rational start value, then Halley's third-order correction, three times; worked in the lower tail, where p has its
 * digits.
 *
 * @param probability - p in (0, 1)
 * @returns x, to about 1e-14
 * @throws {ArgumentError} when p is not in (0, 1)
 * @see Abramowitz, Stegun, "Handbook of mathematical functions", 26.2.23, 1964
 */
export function normalQuantile(probability: number): number {
  requireOpenUnit("probability", probability);
  if (probability === 0.5) return 0;
  if (probability > 0.5) return -normalQuantile(1 - probability);
  let x = quantileStart(probability);
  for (let step = 0; step < 3; step++) {
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const error = (normalCumulative(x) - probability) / density;
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}
