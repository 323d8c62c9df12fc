import { describe, expect, it } from "vitest";
import { packShare } from "./packShare.ts";

const plenty = { limit: 8, inGroup: 100, waiting: 1000, remaining: 0, workers: 2 };

describe("packShare", () => {
  it("is what the worker wants while enough waits for everyone", () => {
    expect(packShare(plenty)).toBe(8);
  });

  it("is at most an even share of what is still to be done, what runs included", () => {
    expect(packShare({ ...plenty, limit: 64, inGroup: 10, waiting: 10 })).toBe(5);
    expect(packShare({ ...plenty, limit: 64, inGroup: 10, waiting: 10, remaining: 10 })).toBe(10);
    expect(packShare({ ...plenty, limit: 64, inGroup: 10, waiting: 10, remaining: 0.5 })).toBe(6);
  });

  it("cuts a group in the middle rather than leave a few over", () => {
    expect(packShare({ ...plenty, limit: 16, inGroup: 21 })).toBe(11);
    expect(packShare({ ...plenty, limit: 16, inGroup: 16 })).toBe(16);
    expect(packShare({ ...plenty, limit: 16, inGroup: 32 })).toBe(16);
  });

  it("is never nothing", () => {
    expect(packShare({ ...plenty, waiting: 0, inGroup: 0, workers: 100 })).toBe(1);
  });

  it("gives 63 trials in 3 groups to 2 workers in 6 packs of 10 and 11", () => {
    const waiting = [21, 21, 21];
    const packs = [];
    // Both workers need as long for each pack, so the other one is always as far as this one.
    for (let turn = 0, before = 0; waiting.some((trials) => trials > 0); turn++) {
      const group = waiting.findIndex((trials) => trials > 0);
      const inGroup = waiting[group] as number;
      const rest = waiting.reduce((sum, trials) => sum + trials, 0);
      const remaining = turn % 2 === 1 ? before : 0;
      before = Math.min(inGroup, packShare({ limit: 16, inGroup, waiting: rest, remaining, workers: 2 }));
      waiting[group] = inGroup - before;
      packs.push(before);
    }
    expect(packs).toEqual([11, 10, 11, 10, 11, 10]);
  });
});
