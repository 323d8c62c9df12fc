import { generateTopics } from "../synthetic/generateTopics.ts";
import type { DatasetEntry } from "./datasetEntry.ts";

const sizes = { trainRows: 5000, testRows: 1000 };
const tokens = { length: 32, vocabulary: 500 };
const classNames = Array.from({ length: 8 }, (_, index) => `topic ${index}`);

/** Made-up texts about eight topics: for trying text models out and for tests, never for a claim. */
export const syntheticTopics: DatasetEntry = {
  name: "synthetic-topics",
  title: "Synthetic topics",
  description: "Texts of 4 to 32 made-up words about one of eight topics, from a fixed seed; synthetic, no download.",
  isSynthetic: true,
  ...sizes,
  inputShape: { kind: "tokens", ...tokens, padding: 0, labels: "per-row" },
  classNames,
  transform: { kind: "none" },
  origin: {
    kind: "generated",
    generate: () => generateTopics({ ...sizes, ...tokens, seed: 20_261_122, classCount: classNames.length }),
    sha256: {
      trainInputs: "f947064a332fb90beb26bd41c9e44a2114a3760523f75ff7a29f58d43aa97ae8",
      trainLabels: "caee96272edd7b1a95f3845dc5c731a5fb438aed054d888850779384816101e3",
      testInputs: "5f9ec7eff297d6224ee79dd1bf00736da618f782373066278af8ca7b41e6bfdb",
      testLabels: "c91a71f8f10c5b584598f37c307bb0a5d7db30799982efb133dde4d2f6e9290a",
    },
  },
};
