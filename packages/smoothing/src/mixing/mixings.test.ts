import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classPrior } from "./classPrior.ts";
import { givenMixing } from "./givenMixing.ts";
import { inversePrior } from "./inversePrior.ts";
import { mixingRow } from "./mixingRow.ts";
import { onlineMixing } from "./onlineMixing.ts";
import { teacherDistribution } from "./teacherDistribution.ts";
import { temperedPrior } from "./temperedPrior.ts";
import { zipfDistribution } from "./zipfDistribution.ts";

const counts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 30 });
const scores = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
const code = (code: string) => expect.objectContaining({ name: "ArgumentError", code });

function expectDistribution(values: readonly number[]): void {
  expect(Math.abs(values.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-13);
  expect(values.every((value) => value >= 0)).toBe(true);
}

describe("priors", () => {
  test("each is a distribution, and the tempered prior passes through all of them", () => {
    fc.assert(
      fc.property(counts, fc.double({ min: -5, max: 5, noNaN: true }), (n, tau) => {
        for (const prior of [classPrior(n), inversePrior(n), temperedPrior(n, tau)]) expectDistribution(prior);
        temperedPrior(n, 1).forEach((share, index) => {
          expect(share).toBeCloseTo(classPrior(n)[index]!, 14);
          expect(temperedPrior(n, -1)[index]).toBeCloseTo(inversePrior(n)[index]!, 14);
          expect(temperedPrior(n, 0)[index]).toBeCloseTo(1 / n.length, 14);
        });
      }),
    );
  });

  test("counts in the same ratio give the same doubles", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 1000 }), (n, factor) => {
        const scaled = n.map((count) => count * factor);
        expect(classPrior(scaled)).toEqual(classPrior(n));
        expect(inversePrior(scaled)).toEqual(inversePrior(n));
        expect(temperedPrior(scaled, 0.3)).toEqual(temperedPrior(n, 0.3));
      }),
    );
  });

  test("an empty class has prior 0 and no inverse prior", () => {
    expect(classPrior([3, 0, 1])).toEqual([0.75, 0, 0.25]);
    expect(temperedPrior([3, 0, 1], 0.5)[1]).toBe(0);
    expect(() => inversePrior([3, 0, 1])).toThrow(code("empty_class"));
    expect(() => temperedPrior([3, 0, 1], -0.5)).toThrow(code("empty_class"));
  });

  test("counts that are no counts are refused", () => {
    expect(() => classPrior([])).toThrow(code("empty_input"));
    expect(() => classPrior([0, 0])).toThrow(code("invalid_class_counts"));
    expect(() => classPrior([1.5, 2])).toThrow(code("invalid_class_counts"));
    expect(() => classPrior([-1, 2])).toThrow("classCounts[0] must be a whole number of 0 or more, got -1");
    expect(() => classPrior([Number.NaN, 2])).toThrow(code("invalid_class_counts"));
  });
});

describe("givenMixing", () => {
  test("rounding in the sum is divided out, anything more is refused", () => {
    expectDistribution(Array.from(mixingRow(givenMixing(new Array<number>(10).fill(0.1), 10), 0, 10)));
    expect(() => givenMixing([0.5, 0.4], 2)).toThrow(code("invalid_mixing"));
    expect(() => givenMixing([1.5, -0.5], 2)).toThrow(code("invalid_mixing"));
    expect(() => givenMixing([0.5, 0.5], 3)).toThrow(code("wrong_length"));
    expect(() => givenMixing([[0.5, 0.5]], 2)).toThrow(code("wrong_length"));
    expect(() => givenMixing([[0.5, 0.5], [1]], 2)).toThrow(code("wrong_length"));
  });
});

describe("teacherDistribution", () => {
  test("is a distribution for any finite logits and any temperature above 0", () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (logits, temperature) => {
        expectDistribution(teacherDistribution(logits, temperature));
      }),
    );
  });

  test("only logits / temperature matters", () => {
    const cool = teacherDistribution([2, -1, 0.5], 2);
    teacherDistribution([1, -0.5, 0.25], 1).forEach((share, index) => {
      expect(share).toBeCloseTo(cool[index]!, 15);
    });
  });

  test("a temperature of 0 and a logit that is not finite are refused", () => {
    expect(() => teacherDistribution([1, 2], 0)).toThrow(code("out_of_range"));
    expect(() => teacherDistribution([1, Number.POSITIVE_INFINITY])).toThrow(code("not_finite"));
    expect(() => teacherDistribution([])).toThrow(code("empty_input"));
  });
});

describe("zipfDistribution", () => {
  test("gives rank r the weight r^-a", () => {
    expect(zipfDistribution([0.1, 3, 2]).map((share) => share * (11 / 6))).toEqual([
      expect.closeTo(1 / 3, 14),
      expect.closeTo(1, 14),
      expect.closeTo(1 / 2, 14),
    ]);
  });

  test("is a distribution that follows the classes when they are renumbered, ties included", () => {
    const tied = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(tied, (values) => {
        const straight = zipfDistribution(values);
        expectDistribution(straight);
        zipfDistribution(values.toReversed()).forEach((share, index) => {
          expect(share).toBeCloseTo(straight[values.length - 1 - index]!, 14);
        });
      }),
    );
  });

  test("the excluded class gets nothing", () => {
    expect(zipfDistribution([9, 1, 5], { excluded: 0 })[0]).toBe(0);
    expectDistribution(zipfDistribution([9, 1, 5], { excluded: 0 }));
  });
});

describe("onlineMixing", () => {
  test("averages correct predictions only, and stays uniform where there were none", () => {
    const online = onlineMixing(3);
    online.add(0, [0.6, 0.3, 0.1]);
    online.add(0, [0.8, 0.1, 0.1]);
    online.add(0, [0.1, 0.8, 0.1]);
    online.add(2, [0.5, 0.2, 0.3]);
    const rows = [0, 1, 2].map((trueClass) => Array.from(mixingRow(online.mixing(), trueClass, 3)));
    expect(rows[0]).toEqual([expect.closeTo(0.7, 14), expect.closeTo(0.2, 14), expect.closeTo(0.1, 14)]);
    expect(rows[1]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(rows[2]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test("a prediction that is no distribution is refused", () => {
    expect(() => onlineMixing(2).add(0, [0.6, 0.6])).toThrow(code("invalid_mixing"));
    expect(() => onlineMixing(2).add(2, [0.6, 0.4])).toThrow(code("class_out_of_range"));
    expect(() => onlineMixing(1)).toThrow(code("class_count_too_small"));
  });
});
