import type { MixingShare } from "../conventions/rowSplit.ts";
import { sum } from "../numerics/sum.ts";
import { sumsWithoutEach } from "../numerics/sumsWithoutEach.ts";
import type { Mixing } from "./mixing.ts";

/**
 * For each true class y, how much of u(.|y) lies on y itself and how much elsewhere. The second is summed, not
 * subtracted, so that it keeps its digits when nearly everything lies on y. O(K), or O(K^2) for a matrix.
 * A mixing that depends on predictions counts as uniform.
 */
export function mixingShares(mixing: Mixing, classCount: number): MixingShare[] {
  switch (mixing.kind) {
    case "vector":
      return sumsWithoutEach(mixing.values).map((other, index) => ({ self: mixing.values[index]!, other }));
    case "matrix":
      return mixing.rows.map((row, index) => ({ self: row[index]!, other: sum(row.toSpliced(index, 1)) }));
    default:
      return new Array<MixingShare>(classCount).fill({ self: 1 / classCount, other: (classCount - 1) / classCount });
  }
}
