import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalEpsilon } from "./canonicalEpsilon.ts";
import { checkSmoothing } from "./checkSmoothing.ts";
import { type ConventionName, conventionNames } from "./conventionName.ts";
import { epsilonFromCanonical } from "./epsilonFromCanonical.ts";
import { isUnnormalised } from "./isUnnormalised.ts";

const allowUnnormalised = true;

describe("canonicalEpsilon", () => {
  test.each<[ConventionName, number, number, number]>([
    ["uniform", 0.1, 10, 0.1],
    ["off-target", 0.1, 2, 0.2],
    ["off-target", 0.1, 3, 0.15],
    ["off-target", 0.1, 10, 0.1 / 0.9],
    ["off-target", 0.1, 1000, 0.1 / 0.999],
    ["off-target-exclude-pad", 0.1, 5, 0.4 / 3],
    ["additive-normalised", 0.25, 6, 0.2],
    ["additive-unnormalised", 0.25, 6, 0.2],
    ["literal-unnormalised", 0.1, 10, 1 / 9.9],
    ["wild-unnormalised", 0.1, 10, 1 / 9.1],
    ["conv-e", 0.1, 8, 1 / 1.9],
    ["conv-e", 0, 8, 0.5],
  ])("%s %d at K = %d is uniform %d", (convention, epsilon, classCount, canonical) => {
    expect(canonicalEpsilon({ convention, epsilon, allowUnnormalised }, classCount)).toBeCloseTo(canonical, 14);
  });

  test("writing a canonical epsilon in any convention and reading it back gives it again", () => {
    const classCount = fc.integer({ min: 3, max: 40_000 });
    fc.assert(
      fc.property(
        fc.constantFrom(...conventionNames),
        classCount,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (convention, K, e) => {
          const canonical = convention === "conv-e" ? 0.5 + e / 2 : e;
          const epsilon = epsilonFromCanonical(canonical, { convention, allowUnnormalised }, K);
          expect(Math.abs(canonicalEpsilon({ convention, epsilon, allowUnnormalised }, K) - canonical)).toBeLessThan(
            1e-14,
          );
        },
      ),
    );
  });
});

describe("checkSmoothing", () => {
  test.each([2, 3, 7, 10, 49, 1000, 32_000])(
    "the exactly uniform row is legal at K = %d, and a little more is not",
    (K) => {
      const limits: [ConventionName, number][] = [
        ["uniform", 1],
        ["off-target", (K - 1) / K],
        ["literal-unnormalised", K / (K + 1)],
        ["wild-unnormalised", 1],
        ...(K > 2 ? ([["off-target-exclude-pad", (K - 2) / (K - 1)]] as [ConventionName, number][]) : []),
      ];
      for (const [convention, epsilon] of limits) {
        expect(canonicalEpsilon({ convention, epsilon, allowUnnormalised }, K)).toBeCloseTo(1, 14);
        const above = { convention, epsilon: epsilon + 1e-9, allowUnnormalised };
        expect(() => checkSmoothing(above, K)).toThrow(expect.objectContaining({ argument: "epsilon" }));
      }
    },
  );

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -0.1, "0.1" as unknown as number])(
    "epsilon %s is refused",
    (epsilon) => {
      for (const convention of conventionNames) {
        const check = () => checkSmoothing({ convention, epsilon, allowUnnormalised }, 5);
        expect(check).toThrow(expect.objectContaining({ code: "epsilon_out_of_range" }));
      }
    },
  );

  test("one class, padding without a third class and padding outside the classes are refused", () => {
    const code = (code: string) => expect.objectContaining({ code });
    expect(() => checkSmoothing({ convention: "uniform", epsilon: 0.1 }, 1)).toThrow(code("class_count_too_small"));
    const padded = { convention: "off-target-exclude-pad", epsilon: 0.1 } as const;
    expect(() => checkSmoothing(padded, 2)).toThrow(code("class_count_too_small"));
    expect(() => checkSmoothing({ ...padded, padClass: 5 }, 5)).toThrow(code("class_out_of_range"));
    expect(() => checkSmoothing({ convention: "half" as "uniform", epsilon: 0.1 }, 5)).toThrow(
      code("invalid_argument"),
    );
  });

  test("a convention whose rows do not sum to 1 needs allowUnnormalised", () => {
    for (const convention of conventionNames) {
      const check = () => checkSmoothing({ convention, epsilon: 0.1 }, 5);
      if (!isUnnormalised(convention)) expect(check).not.toThrow();
      else expect(check).toThrow(expect.objectContaining({ code: "unnormalised_not_allowed" }));
    }
  });
});
