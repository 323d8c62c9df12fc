import { perClassValue } from "../plans/perClassValue.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";

/** A class that beats the true one in its own weighted row. */
export interface Rival {
  readonly trueClass: number;
  readonly rival: number;
}

/**
 * Finds a true class y that some other class beats in w_k q_k(y), or null. With one vector of shares for all classes
 * only the two largest w_k u_k can be rivals, so this is O(K); a matrix takes O(K^2).
 */
export function largestRival(plan: TargetPlan, weight: (index: number) => number): Rival | null {
  const { classCount, mixing } = plan;
  if (mixing.kind !== "uniform" && mixing.kind !== "vector" && mixing.kind !== "matrix") return null;
  const shared = mixing.kind === "matrix" ? null : targetRow({ ...plan, epsilon: 1, rowSum: 1 }, 0);
  const best = shared === null ? null : topTwo(shared.map((share, index) => share * weight(index)));
  for (let y = 0; y < classCount; y++) {
    const row = shared === null ? targetRow(plan, y) : null;
    const rival = row === null ? best!.find((index) => index !== y)! : rivalIn(row, y, weight);
    const epsilon = perClassValue(plan.epsilon, y);
    const own = row === null ? 1 - epsilon * (1 - shared![y]!) : row[y]!;
    const other = row === null ? epsilon * shared![rival]! : row[rival]!;
    if (perClassValue(plan.rowSum, y) > 0 && other * weight(rival) > own * weight(y) + 1e-12) {
      return { trueClass: y, rival };
    }
  }
  return null;
}

function rivalIn(row: Float64Array, trueClass: number, weight: (index: number) => number): number {
  const weighted = row.map((mass, index) => (index === trueClass ? -1 : mass * weight(index)));
  return weighted.indexOf(weighted.reduce((a, b) => Math.max(a, b)));
}

/** The indices of the two largest values. */
function topTwo(values: Float64Array): [number, number] {
  let [first, second] = values[1]! > values[0]! ? [1, 0] : [0, 1];
  for (let index = 2; index < values.length; index++) {
    if (values[index]! > values[first]!) [first, second] = [index, first];
    else if (values[index]! > values[second]!) second = index;
  }
  return [first, second];
}
