import type { ModelSpec } from "../sweepSpec/modelSpec.ts";
import type { InputShape } from "./inputShape.ts";

/** Inputs that each kind of model takes, in words. */
const inputsOf: Readonly<Record<ModelSpec["kind"], string>> = {
  mlp: "numbers or images",
  cnn: "images",
  "resnet-8": "images",
  "averaged-embedding": "text with one class per row",
  transformer: "text with one class per row",
  "causal-transformer": "text with one class per token",
};

/** What a row can be taken for; its own name comes last. */
function inputsIn(shape: InputShape): readonly string[] {
  switch (shape.kind) {
    case "vector":
      return ["numbers or images", "numbers"];
    case "image":
      return ["numbers or images", "images"];
    case "tokens":
      return [shape.labels === "per-row" ? "text with one class per row" : "text with one class per token"];
  }
}

/** Each pooling of a `cnn` halves the sides, rounding down. */
function poolingObstacle(model: ModelSpec, shape: InputShape): string | undefined {
  if (model.kind !== "cnn" || shape.kind !== "image") return undefined;
  const side = Math.min(shape.height, shape.width);
  const poolings = Math.floor(Math.log2(side));
  if (model.channels.length <= poolings) return undefined;
  return `\`model.channels\` must have at most ${poolings} entries for images of ${shape.height} x ${shape.width}, got ${model.channels.length}`;
}

function headsObstacle(model: ModelSpec): string | undefined {
  if (model.kind !== "transformer" && model.kind !== "causal-transformer") return undefined;
  if (model.width % model.heads === 0) return undefined;
  return `\`model.width\` must be a multiple of \`model.heads\` = ${model.heads}, got ${model.width}`;
}

/** Why a model cannot be trained on such inputs: the field, the rule and the value; undefined when it can. */
export function modelObstacle(model: ModelSpec, shape: InputShape): string | undefined {
  const wanted = inputsOf[model.kind];
  const given = inputsIn(shape);
  if (!given.includes(wanted)) {
    return `\`model.kind\` ${model.kind} must have ${wanted}, got data with ${given.at(-1)}`;
  }
  return headsObstacle(model) ?? poolingObstacle(model, shape);
}
