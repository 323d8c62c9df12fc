import { AppError, type ModelSpec } from "@smoothsweep/contracts";
import type { TensorFlow } from "../../engines/engine.ts";
import type { DataSizes, PackModel } from "../packModel.ts";
import { createCnn } from "./cnn.ts";
import { createResnet8 } from "./resnet8.ts";

type ImageSpec = Extract<ModelSpec, { kind: "cnn" | "resnet-8" }>;

/**
 * A model of images.
 * @throws AppError `training_failed` when the data are no images
 */
export function createImageModel(tf: TensorFlow, spec: ImageSpec, { inputShape, classCount }: DataSizes): PackModel {
  if (inputShape.kind !== "image") {
    throw new AppError("training_failed", `\`model.kind\` ${spec.kind} must have images, got ${inputShape.kind}`);
  }
  const sizes = { shape: inputShape, classCount };
  return spec.kind === "cnn" ? createCnn(tf, spec, sizes) : createResnet8(tf, spec, sizes);
}
