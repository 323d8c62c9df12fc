import { AppError, type ModelSpec, modelObstacle } from "@smoothsweep/contracts";
import type { TensorFlow } from "../engines/engine.ts";
import { createImageModel } from "./images/createImageModel.ts";
import { createMlp } from "./mlp.ts";
import type { DataSizes, PackModel } from "./packModel.ts";
import { createTextModel } from "./text/createTextModel.ts";

/**
 * The model that a specification describes, for data of the given sizes.
 * @throws AppError `training_failed` when the model does not take such data
 */
export function createModel(tf: TensorFlow, spec: ModelSpec, sizes: DataSizes): PackModel {
  const obstacle = modelObstacle(spec, sizes.inputShape);
  if (obstacle !== undefined) throw new AppError("training_failed", obstacle);
  switch (spec.kind) {
    case "mlp":
      return createMlp(tf, spec, sizes);
    case "averaged-embedding":
    case "transformer":
    case "causal-transformer":
      return createTextModel(tf, spec, sizes);
    case "cnn":
    case "resnet-8":
      return createImageModel(tf, spec, sizes);
  }
}
