import type { TrialCounts } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import { progressOf } from "./progress.ts";

const counts = (changes: Partial<TrialCounts>): TrialCounts => ({
  asked: 60,
  distinct: 51,
  pending: 0,
  running: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
  ...changes,
});

describe("progressOf", () => {
  it("takes the rate from every trial that ended, and the rest of the time from those that did not", () => {
    const progress = progressOf(counts({ completed: 8, failed: 1, cancelled: 1, pending: 15, running: 5 }), 30);
    expect(progress).toEqual({ trialsPerMinute: 20, etaSeconds: 60 });
  });

  it("has nothing left to wait for when all are done", () => {
    expect(progressOf(counts({ completed: 51 }), 102)).toEqual({ trialsPerMinute: 30, etaSeconds: 0 });
  });

  it.each([
    ["nothing has started", counts({ pending: 51 }), null],
    ["fewer than two trials have ended", counts({ completed: 1, pending: 50 }), 10],
    ["no time has passed", counts({ completed: 2, pending: 49 }), 0],
  ])("promises nothing while %s", (_when, given, elapsedSeconds) => {
    expect(progressOf(given, elapsedSeconds)).toEqual({ trialsPerMinute: null, etaSeconds: null });
  });
});
