import type { InputShape } from "@smoothsweep/contracts";

/** Sizes that the data of an image model decide. */
export interface ImageSizes {
  readonly shape: Extract<InputShape, { kind: "image" }>;
  readonly classCount: number;
}
