import type { ModelSpec } from "../sweepSpec/modelSpec.ts";

/** Kinds of model of which a part trains one trial after another, on every engine, and why. */
export const packingObstacles: Readonly<Partial<Record<ModelSpec["kind"], string>>> = {
  cnn: "engines have no convolution with filters of its own for each trial",
  "resnet-8": "engines have no convolution with filters of its own for each trial",
};

/** Why the trials of a pack cannot train all of a model in one go; undefined where they can. */
export function packingObstacle({ kind }: ModelSpec): string | undefined {
  return packingObstacles[kind];
}
