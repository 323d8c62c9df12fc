/** The ways a smoothing strength is turned into one row of targets, by name. Rows are given for uniform mixing. */
export const conventionNames = [
  /** True class 1-e+e/K, others e/K. Szegedy 2015, PyTorch, Keras, timm, Composer, optax, TensorFlow.js. */
  "uniform",
  /** True class 1-e, others e/(K-1). tensor2tensor, newer fairseq, the MiSLAS paper. */
  "off-target",
  /** Off-target over the K-1 classes that are not padding: others e/(K-2), padding 0. OpenNMT-py, Annotated Transformer. */
  "off-target-exclude-pad",
  /** True class (1+e/K)/(1+e), others (e/K)/(1+e). ClassyVision. */
  "additive-normalised",
  /** True class 1+e/K, others e/K: rows sum to 1+e. The additive rule without its division. */
  "additive-unnormalised",
  /** True class 1-e, others e/K: rows sum to 1-e/K. The prose of many articles. */
  "literal-unnormalised",
  /** True class 1-e+e/(K-1), others e/(K-1): rows sum to 1+e/(K-1). Found in copied code. */
  "wild-unnormalised",
  /** True class 1-e+1/K, others 1/K: rows sum to 2-e. The published ConvE code. */
  "conv-e",
] as const;

/** The name of a convention. */
export type ConventionName = (typeof conventionNames)[number];
