import { betaValue } from "../randomness/betaValue.ts";
import { permutation } from "../randomness/permutation.ts";
import type { RandomStream } from "../randomness/randomStream.ts";

/**
 * Mixup of a batch: row i becomes share x row i + (1 - share) x row partners[i], inputs and targets alike.
 * @see Zhang et al. 2018, mixup: beyond empirical risk minimization, https://arxiv.org/abs/1710.09412
 */
export interface BatchMixing {
  /** lambda, one for the whole batch, in [0, 1]. */
  readonly share: number;
  /** Positions in the batch, a permutation: what is summed over the batch stays the same. */
  readonly partners: Uint32Array;
}

/**
 * Draws a batch's pairs, and their share from Beta(alpha, alpha). The copies of a pack have the same.
 * @param alpha above 0
 */
export function drawMixing(random: RandomStream, alpha: number, rowCount: number): BatchMixing {
  return { share: betaValue(random, alpha), partners: permutation(random, rowCount) };
}

/** Mixes rows of `width` numbers; blocks of as many rows as there are partners follow each other. */
export function mixRows(values: Float32Array, { share, partners }: BatchMixing, width: number): Float32Array {
  const mixed = new Float32Array(values.length);
  const block = partners.length * width;
  for (let start = 0; start < values.length; start += block) {
    partners.forEach((partner, row) => {
      const [own, other] = [start + row * width, start + partner * width];
      for (let k = 0; k < width; k++) {
        mixed[own + k] = share * (values[own + k] as number) + (1 - share) * (values[other + k] as number);
      }
    });
  }
  return mixed;
}
