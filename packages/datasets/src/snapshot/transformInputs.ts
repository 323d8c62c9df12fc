import type { InputTransform } from "../catalogue/datasetEntry.ts";
import type { RawInputs } from "./datasetContent.ts";

/**
 * Takes some rows of the raw inputs, in the order given, and transforms them to float32.
 *
 * @param rows Row numbers; every row has `raw.length / number of rows` features.
 * @returns Row-major, `rows.length` x `featureCount`.
 */
export function transformInputs(
  raw: RawInputs,
  rows: Uint32Array,
  options: { featureCount: number; transform: InputTransform },
): Float32Array {
  const { featureCount, transform } = options;
  const inputs = new Float32Array(rows.length * featureCount);
  if (transform.kind === "none") {
    rows.forEach((row, place) => {
      inputs.set(raw.subarray(row * featureCount, (row + 1) * featureCount), place * featureCount);
    });
    return inputs;
  }
  const table = standardisedBytes(transform);
  let place = 0;
  for (const row of rows) {
    const start = row * featureCount;
    for (let feature = 0; feature < featureCount; feature += 1) {
      inputs[place] = table[raw[start + feature] ?? 0] ?? 0;
      place += 1;
    }
  }
  return inputs;
}

/**
 * (x / divideBy - mean) / sd for every byte x. Each step is rounded to float32, as array libraries do it, so that the
 * inputs are theirs bit for bit.
 */
function standardisedBytes(transform: Extract<InputTransform, { kind: "standardise" }>): Float32Array {
  const [divideBy, mean, sd] = [transform.divideBy, Math.fround(transform.mean), Math.fround(transform.sd)];
  return Float32Array.from({ length: 256 }, (_, byte) => Math.fround(Math.fround(byte / divideBy) - mean) / sd);
}
