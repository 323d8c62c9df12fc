import type { BinaryConventionName, ConventionName } from "@smoothsweep/smoothing";

/** Conventions as the golden files spell them. */
export const conventions: Readonly<Record<string, ConventionName>> = {
  uniform: "uniform",
  offTarget: "off-target",
  offTargetExcludePad: "off-target-exclude-pad",
  literalUnnormalised: "literal-unnormalised",
  wildUnnormalised: "wild-unnormalised",
  convE: "conv-e",
  additiveNormalised: "additive-normalised",
  additiveUnnormalised: "additive-unnormalised",
};

/** Binary conventions as the golden files spell them. */
export const binaryConventions: Readonly<Record<string, BinaryConventionName>> = {
  bceHalf: "half",
  bceFlip: "flip",
  bceSoftmax: "softmax",
};
