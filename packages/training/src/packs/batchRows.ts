import type { Split } from "./packTypes.ts";

/** Copies the given rows out of a split, with `perRow` labels each. */
export function batchRows(split: Split, rows: Uint32Array, sizes: { featureCount: number; perRow: number }): Split {
  const { featureCount, perRow } = sizes;
  const inputs = new Float32Array(rows.length * featureCount);
  const labels = new Int32Array(rows.length * perRow);
  rows.forEach((row, position) => {
    inputs.set(split.inputs.subarray(row * featureCount, (row + 1) * featureCount), position * featureCount);
    labels.set(split.labels.subarray(row * perRow, (row + 1) * perRow), position * perRow);
  });
  return { inputs, labels };
}
