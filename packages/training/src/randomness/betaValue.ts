import type { RandomStream } from "./randomStream.ts";

/** A real number in (0, 1) with 32 random bits. */
function openUnit(random: RandomStream): number {
  return (random.nextUint32() + 0.5) / 2 ** 32;
}

/** A standard normal number (Box and Muller 1958). */
function normalValue(random: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log(openUnit(random)));
  return radius * Math.cos(2 * Math.PI * openUnit(random));
}

/**
 * ln of a number drawn from the gamma distribution of the given shape and scale 1. The logarithm, because a draw of a
 * small shape may be too small for a double.
 *
 * @param shape above 0
 * @see Marsaglia and Tsang 2000, A simple method for generating gamma variables, https://doi.org/10.1145/358407.358414
 */
export function logGammaValue(random: RandomStream, shape: number): number {
  // Their note 6: a draw of shape a is one of shape a + 1 times U^(1/a).
  if (shape < 1) return logGammaValue(random, shape + 1) + Math.log(openUnit(random)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = normalValue(random);
    const root = 1 + c * normal;
    const cube = root ** 3;
    if (root > 0 && Math.log(openUnit(random)) < normal ** 2 / 2 + d - d * cube + d * Math.log(cube)) {
      return Math.log(d * cube);
    }
  }
}

/**
 * A number in [0, 1] drawn from the beta distribution Beta(a, a): X / (X + Y) of two gamma draws of shape a.
 * @param shape a, above 0
 */
export function betaValue(random: RandomStream, shape: number): number {
  const first = logGammaValue(random, shape);
  const second = logGammaValue(random, shape);
  return 1 / (1 + Math.exp(second - first));
}
