import { generateLanguage } from "../synthetic/generateLanguage.ts";
import type { DatasetEntry } from "./datasetEntry.ts";

const sizes = { trainRows: 4000, testRows: 500 };
const tokens = { length: 32, vocabulary: 20 };

/** A made-up language: for trying language models out and for tests, never for a claim. */
export const syntheticLanguage: DatasetEntry = {
  name: "synthetic-language",
  title: "Synthetic language",
  description:
    "Text of 20 letters in which the next depends on the two before, from a fixed seed; synthetic, no download.",
  isSynthetic: true,
  ...sizes,
  inputShape: { kind: "tokens", ...tokens, padding: null, labels: "per-token" },
  classNames: [..."abcdefghijklmnopqrst"],
  transform: { kind: "none" },
  origin: {
    kind: "generated",
    generate: () => generateLanguage({ ...sizes, ...tokens, seed: 20_261_123 }),
    sha256: {
      trainInputs: "ac15fb293b75f22186057c1d50c8017caa9c469c1f6a1c3b33091f8796549c87",
      trainLabels: "2295067782dd63e76f5eff7e011cd9ead6d9480372cd1627b029fd8a23a1eb0d",
      testInputs: "c597255cec492f12a0cee45650eab11245f4c085edfa41509e405a7fea54aa95",
      testLabels: "1081e293577c9f5b6822188285e5f1df7f4814828c33a4ad9477245215c7649f",
    },
  },
};
