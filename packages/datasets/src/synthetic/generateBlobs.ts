import { mulberry32, type Uint32Source } from "../split/mulberry32.ts";
import { bothParts, type GeneratedArrays } from "./generatedArrays.ts";

export interface BlobOptions {
  readonly seed: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly featureCount: number;
  readonly classCount: number;
}

/** Half the side of the cube that the clouds' centres lie in; the noise has standard deviation 1. */
const CENTRE_RANGE = 1.2;

/**
 * Clouds of points around random centres, classes in turn (row i belongs to class i mod K), noise of mean 0 and
 * standard deviation 1. The clouds overlap, so that no model is right about every row.
 * The noise is a sum of twelve uniform numbers minus 6 (Irwin-Hall), which takes additions only: logarithms and cosines
 * may differ in the last bit between machines, and the data's hash must not.
 */
export function generateBlobs(options: BlobOptions): GeneratedArrays {
  const draw = mulberry32(options.seed);
  const centres = Float64Array.from(
    { length: options.classCount * options.featureCount },
    () => (2 * uniform(draw) - 1) * CENTRE_RANGE,
  );
  return bothParts(options, (rows) => {
    const inputs = new Float32Array(rows * options.featureCount);
    const labels = Int32Array.from({ length: rows }, (_, row) => row % options.classCount);
    for (let place = 0; place < inputs.length; place += 1) {
      const label = labels[Math.floor(place / options.featureCount)] ?? 0;
      const centre = centres[label * options.featureCount + (place % options.featureCount)] ?? 0;
      inputs[place] = centre + noise(draw);
    }
    return { inputs, labels };
  });
}

function uniform(draw: Uint32Source): number {
  return draw() / 2 ** 32;
}

function noise(draw: Uint32Source): number {
  let sum = -6;
  for (let term = 0; term < 12; term += 1) sum += uniform(draw);
  return sum;
}
