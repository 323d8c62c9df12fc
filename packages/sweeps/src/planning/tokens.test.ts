import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PLACE_MAX } from "../lifecycle/fairShare.ts";
import { TRIALS_PER_TOKEN, tokenCount, tokensFor } from "./tokens.ts";

const line = { start: 100, priority: 0 };

describe("tokensFor", () => {
  it("gives every group enough tokens for its waiting trials, and none to spare", () => {
    const groups = fc.uniqueArray(
      fc.record({ groupId: fc.constantFrom("grp_a", "grp_b", "grp_c"), pending: fc.integer({ min: 0, max: 30 }) }),
      { selector: ({ groupId }) => groupId },
    );
    fc.assert(
      fc.property(groups, (given) => {
        const tokens = tokensFor(given, line);
        for (const { groupId, pending } of given) {
          const indices = tokens.filter((token) => token.groupId === groupId).map(({ index }) => index);
          expect(indices.length * TRIALS_PER_TOKEN).toBeGreaterThanOrEqual(pending);
          expect((indices.length - 1) * TRIALS_PER_TOKEN).toBeLessThan(Math.max(1, pending));
          expect(indices).toEqual(indices.map((_, position) => position));
        }
      }),
    );
  });

  it("lines up the first token of every group before the second of any, one stride apart", () => {
    const groups = [
      { groupId: "grp_a", pending: 9 },
      { groupId: "grp_b", pending: 5 },
    ];
    expect(tokensFor(groups, line).map(({ groupId, index, place }) => `${groupId} ${index} at ${place}`)).toEqual([
      "grp_a 0 at 100",
      "grp_b 0 at 116",
      "grp_a 1 at 132",
      "grp_b 1 at 148",
      "grp_a 2 at 164",
    ]);
  });

  it("halves the stride for each step of priority, so that the share of the workers doubles", () => {
    const strides = [-4, 0, 1, 4].map((priority) => {
      const [first, second] = tokensFor([{ groupId: "grp_a", pending: 8 }], { start: 0, priority });
      return second!.place - first!.place;
    });
    expect(strides).toEqual([256, 16, 8, 1]);
  });

  it("keeps every place within what the queue can tell apart", () => {
    const [token] = tokensFor([{ groupId: "grp_a", pending: 1 }], { start: 2 ** 31, priority: 0 });
    expect(token!.place).toBe(PLACE_MAX);
  });
});

describe("tokenCount", () => {
  it.each([
    [0, 0],
    [1, 1],
    [4, 1],
    [5, 2],
  ])("gives %d pending trials %d tokens", (pending, count) => {
    expect(tokenCount(pending)).toBe(count);
  });
});
