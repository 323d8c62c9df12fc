import { AppError, type ModelSpec } from "@smoothsweep/contracts";
import type { TensorFlow } from "../../engines/engine.ts";
import type { DataSizes, PackModel } from "../packModel.ts";
import { createAveragedEmbedding } from "./averagedEmbedding.ts";
import { createTransformer } from "./transformer.ts";

type TextSpec = Extract<ModelSpec, { kind: "averaged-embedding" | "transformer" | "causal-transformer" }>;

/**
 * A model of tokens.
 * @throws AppError `training_failed` when the data are no tokens
 */
export function createTextModel(tf: TensorFlow, spec: TextSpec, { inputShape, classCount }: DataSizes): PackModel {
  if (inputShape.kind !== "tokens") {
    throw new AppError("training_failed", `\`model.kind\` ${spec.kind} must have tokens, got ${inputShape.kind}`);
  }
  const sizes = { shape: inputShape, classCount };
  return spec.kind === "averaged-embedding"
    ? createAveragedEmbedding(tf, spec, sizes)
    : createTransformer(tf, spec, sizes);
}
