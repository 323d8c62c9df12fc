import type { Split } from "./packTypes.ts";

/** Copies the given rows out of a split. */
export function batchRows(split: Split, rows: Uint32Array, featureCount: number): Split {
  const inputs = new Float32Array(rows.length * featureCount);
  const labels = new Int32Array(rows.length);
  rows.forEach((row, position) => {
    inputs.set(split.inputs.subarray(row * featureCount, (row + 1) * featureCount), position * featureCount);
    labels[position] = split.labels[row] as number;
  });
  return { inputs, labels };
}
