import type { ConventionName } from "./conventionName.ts";

/** A row of targets in canonical form: q = S ((1 - e) onehot + e u). */
export interface RowSplit {
  /** S, the sum of the row. */
  readonly rowSum: number;
  /** e of the row divided by its sum: the uniform-equivalent epsilon. */
  readonly epsilon: number;
}

/** How much of the mixing distribution lies on the true class, u_y, and how much elsewhere, 1 - u_y. */
export interface MixingShare {
  readonly self: number;
  readonly other: number;
}

/**
 * Turns a strength written in a convention into the canonical form of one row.
 *
 * Every convention puts the mass c u_k on each other class k and t on the true one, so S = t + c (1 - u_y) and the
 * canonical epsilon is c / S. With uniform mixing (u_y = 1/K) the formulas are those of the table in the README.
 * Keeping 1 - u_y as an argument avoids the cancellation for u_y near 1.
 *
 * @param epsilon e in [0, 1] (any e >= 0 for the additive conventions); not checked here
 * @returns S and the canonical epsilon; the epsilon is Infinity or NaN when `other` is 0 and the convention divides by it
 */
export function rowSplit(convention: ConventionName, epsilon: number, share: MixingShare): RowSplit {
  switch (convention) {
    case "uniform":
      return { rowSum: 1, epsilon };
    case "off-target":
    case "off-target-exclude-pad":
      return { rowSum: 1, epsilon: epsilon / share.other };
    case "additive-normalised":
      return { rowSum: 1, epsilon: epsilon / (1 + epsilon) };
    case "additive-unnormalised":
      return { rowSum: 1 + epsilon, epsilon: epsilon / (1 + epsilon) };
    case "literal-unnormalised": {
      const rowSum = 1 - epsilon * share.self;
      return { rowSum, epsilon: epsilon / rowSum };
    }
    case "wild-unnormalised":
      return {
        rowSum: 1 + (epsilon * share.self) / share.other,
        epsilon: epsilon / (share.other + epsilon * share.self),
      };
    case "conv-e":
      return { rowSum: 2 - epsilon, epsilon: 1 / (2 - epsilon) };
    default:
      return convention satisfies never;
  }
}
