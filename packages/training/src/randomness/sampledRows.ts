import { permutation } from "./permutation.ts";
import type { RandomStream } from "./randomStream.ts";

/** Rows of every class, in the order of the data. */
function rowsByClass(labels: Int32Array, classCount: number): number[][] {
  const rows = Array.from({ length: classCount }, (): number[] => []);
  labels.forEach((label, row) => {
    rows[label]?.push(row);
  });
  return rows;
}

/** Hands out the rows of one class in random order, all of them before any comes again. */
function cycle(rows: readonly number[], random: RandomStream): () => number {
  let order: Uint32Array = new Uint32Array();
  let position = 0;
  return () => {
    if (position === order.length) {
      order = permutation(random, rows.length);
      position = 0;
    }
    return rows[order[position++] as number] as number;
  };
}

/** The class in whose share of [0, 1) a number lies; `bounds` are the cumulative probabilities. */
function classAt(bounds: Float64Array, unit: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (unit < (bounds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function cumulative(probabilities: readonly number[]): Float64Array {
  let sum = 0;
  const bounds = Float64Array.from(probabilities, (probability) => {
    sum += probability;
    return sum;
  });
  // Rounding must not leave a class of probability 0 at the end a share.
  const last = probabilities.findLastIndex((probability) => probability > 0);
  bounds.fill(1, Math.max(last, 0));
  return bounds;
}

/**
 * As many rows as there are labels, each of a class drawn by probability; within a class all rows come in random order
 * before any comes again (Kang et al. 2020's class-aware sampler).
 *
 * @param classProbability sums to 1; a class that is drawn must have rows
 */
export function sampledRows(
  labels: Int32Array,
  classProbability: readonly number[],
  random: RandomStream,
): Uint32Array {
  const bounds = cumulative(classProbability);
  const nextOf = rowsByClass(labels, classProbability.length).map((rows) => cycle(rows, random));
  return Uint32Array.from(labels, () => (nextOf[classAt(bounds, random.nextUnit())] as () => number)());
}
