/** The ways independent binary targets (multi-label, one sigmoid for each label) are smoothed, by name. */
export const binaryConventionNames = [
  /** Positive 1-s/2, negative s/2. Keras, TensorFlow, TensorFlow.js, torch-uncertainty. */
  "half",
  /** Positive 1-e, negative e. Flipped labels; targets of 0.9 and 0.1 since the 1980s. */
  "flip",
  /** Positive 1-s+s/K, negative s/K: the softmax formula for each sigmoid. timm's BinaryCrossEntropy. */
  "softmax",
] as const;

/** The name of a binary convention. */
export type BinaryConventionName = (typeof binaryConventionNames)[number];
