import { describe, expect, test } from "vitest";
import { modelSpecSchema } from "../sweepSpec/modelSpec.ts";
import type { InputShape } from "./inputShape.ts";
import { modelObstacle } from "./modelObstacle.ts";

const text = { kind: "tokens", length: 8, vocabulary: 100, padding: null } as const;
const shapes = {
  vector: { kind: "vector", features: 4 },
  image: { kind: "image", height: 8, width: 8, channels: 3 },
  text: { ...text, labels: "per-row" },
  language: { ...text, labels: "per-token" },
} satisfies Record<string, InputShape>;

const fits: Record<string, (keyof typeof shapes)[]> = {
  mlp: ["vector", "image"],
  cnn: ["image"],
  "resnet-8": ["image"],
  "averaged-embedding": ["text"],
  transformer: ["text"],
  "causal-transformer": ["language"],
};

describe("a model and its data", () => {
  test.each(Object.entries(fits))("%s takes %j and nothing else", (kind, taken) => {
    const model = modelSpecSchema.parse({ kind });
    const accepted = Object.entries(shapes).filter(([, shape]) => modelObstacle(model, shape) === undefined);
    expect(accepted.map(([name]) => name)).toEqual(taken);
  });

  test("the reason names the field, the rule and what was given", () => {
    expect(modelObstacle(modelSpecSchema.parse({ kind: "cnn" }), shapes.vector)).toBe(
      "`model.kind` cnn must have images, got data with numbers",
    );
  });

  test("pooling must leave at least one pixel", () => {
    const model = modelSpecSchema.parse({ kind: "cnn", channels: [4, 4, 4, 4] });
    expect(modelObstacle(model, shapes.image)).toMatch(/`model.channels` must have at most 3 entries .* got 4/);
  });

  test("heads must divide the width", () => {
    const model = modelSpecSchema.parse({ kind: "transformer", width: 10, heads: 4 });
    expect(modelObstacle(model, shapes.text)).toMatch(/`model.width` must be a multiple of `model.heads` = 4, got 10/);
  });
});
