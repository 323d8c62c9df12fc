import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlannedTrial } from "./plannedSweep.ts";
import { TRIALS_PER_TOKEN, tokenCount, tokensFor } from "./tokens.ts";

const trial = (groupId: string, representativeId: string | null = null) =>
  ({ groupId, representativeId }) as PlannedTrial;

describe("tokensFor", () => {
  it("gives every group enough tokens for its distinct trials, and none to spare", () => {
    const trials = fc.array(
      fc.record({
        groupId: fc.constantFrom("grp_a", "grp_b", "grp_c"),
        representativeId: fc.constantFrom(null, "trl_x"),
      }),
    );
    fc.assert(
      fc.property(trials, (given) => {
        const tokens = tokensFor(given as PlannedTrial[]);
        for (const groupId of ["grp_a", "grp_b", "grp_c"]) {
          const distinct = given.filter((one) => one.groupId === groupId && one.representativeId === null).length;
          const indices = tokens.filter((token) => token.groupId === groupId).map(({ index }) => index);
          expect(indices.length * TRIALS_PER_TOKEN).toBeGreaterThanOrEqual(distinct);
          expect((indices.length - 1) * TRIALS_PER_TOKEN).toBeLessThan(Math.max(1, distinct));
          expect(indices).toEqual(indices.map((_, position) => position));
        }
      }),
    );
  });

  it("gives a group of equivalents only no token", () => {
    expect(tokensFor([trial("grp_a", "trl_1")])).toEqual([]);
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
