import { generateBlobs } from "../synthetic/generateBlobs.ts";
import type { DatasetEntry } from "./datasetEntry.ts";

const sizes = { trainRows: 4000, testRows: 1000 };
const featureCount = 20;
const classNames = Array.from({ length: 10 }, (_, index) => `blob ${index}`);

/** Ten overlapping clouds of points, made up: for trying things out and for tests, never for a claim. */
export const syntheticBlobs: DatasetEntry = {
  name: "synthetic-blobs",
  title: "Synthetic blobs",
  description:
    "Ten overlapping Gaussian clouds in 20 dimensions, computed from a fixed seed; synthetic, needs no download.",
  isSynthetic: true,
  ...sizes,
  inputShape: { kind: "vector", features: featureCount },
  classNames,
  transform: { kind: "none" },
  origin: {
    kind: "generated",
    generate: () => generateBlobs({ ...sizes, seed: 20_261_109, featureCount, classCount: classNames.length }),
    sha256: {
      trainInputs: "d994fda06f0fc5b613aec5ed2459a7441031ea59c0ccea825e10d6f10cbc93ae",
      trainLabels: "731cbe21dee4964814e8ddd4e96358cb9110a9e31371932f8b0a35ff8c7817b3",
      testInputs: "d74cf0038b0db75d6b307338401153e03fd739ad9e4b2f0cc444cd0132b7c369",
      testLabels: "d21390edb7d0bcbd0623a33e49c5abc2162c6174751dcb797821bd008213a697",
    },
  },
};
