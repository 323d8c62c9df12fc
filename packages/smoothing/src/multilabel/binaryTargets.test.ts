import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binaryEpsilonFromCanonical } from "./binaryEpsilonFromCanonical.ts";
import { binaryTargets } from "./binaryTargets.ts";
import { smoothBinaryLabels } from "./smoothBinaryLabels.ts";

describe("binaryTargets", () => {
  test("flip 0.1 is half 0.2", () => {
    const flip = binaryTargets({ convention: "flip", epsilon: 0.1 }, 5);
    const half = binaryTargets({ convention: "half", epsilon: 0.2 }, 5);
    expect(flip).toEqual(half);
    expect(flip.canonicalEpsilon).toBe(0.2);
  });

  test("timm's softmax form pulls both ends by different amounts and has no half equivalent", () => {
    const targets = binaryTargets({ convention: "softmax", epsilon: 0.1 }, 5);
    expect(targets.positive).toBeCloseTo(0.92, 15);
    expect(targets.negative).toBeCloseTo(0.02, 15);
    expect(targets.canonicalEpsilon).toBeNull();
  });

  test("hard labels have infinite logits and no floor; the edge has neither gap nor preference", () => {
    expect(binaryTargets({ convention: "half", epsilon: 0 }, 3)).toMatchObject({
      stationaryLogitPositive: Number.POSITIVE_INFINITY,
      stationaryLogitNegative: Number.NEGATIVE_INFINITY,
      entropyFloorPositive: 0,
    });
    expect(binaryTargets({ convention: "flip", epsilon: 0.5 }, 3)).toMatchObject({
      isUniform: true,
      stationaryLogitGap: 0,
    });
  });

  test("a positive target below the negative one is refused, and so are labels that are not 0 or 1", () => {
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => binaryTargets({ convention: "flip", epsilon: 0.6 }, 3)).toThrow(refused("epsilon_out_of_range"));
    expect(() => binaryTargets({ convention: "half", epsilon: 1.1 }, 3)).toThrow(refused("epsilon_out_of_range"));
    expect(() => binaryTargets({ convention: "softmax", epsilon: 0.1 }, 1)).toThrow(refused("class_count_too_small"));
    expect(() => smoothBinaryLabels([0.5], { convention: "half", epsilon: 0.1 })).toThrow(refused("invalid_argument"));
  });

  test("labels become targets one by one", () => {
    expect(Array.from(smoothBinaryLabels([0, 1], { convention: "half", epsilon: 0.1 }))).toEqual([0.05, 0.95]);
  });

  test("the canonical strength and back", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom("half", "flip"), (canonical, name) => {
        const epsilon = binaryEpsilonFromCanonical(canonical, name);
        expect(binaryTargets({ convention: name, epsilon }, 4).canonicalEpsilon).toBeCloseTo(canonical, 15);
      }),
    );
    expect(() => binaryEpsilonFromCanonical(0.1, "softmax")).toThrow("no symmetric equivalent");
    expect(() => binaryEpsilonFromCanonical(1.1, "half")).toThrow("canonical must be in [0, 1], got 1.1");
  });
});
