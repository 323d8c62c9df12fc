import { describe, expect, it } from "vitest";
import { isTerminalSweepState, isTerminalTrialState, sweepStates, trialStates } from "./states.ts";

describe("states", () => {
  it("call a trial terminal when it has a result, a reason, or was called off", () => {
    expect(trialStates.filter(isTerminalTrialState)).toEqual(["completed", "failed", "cancelled"]);
  });

  it("call a sweep terminal when nothing of it can run any more by itself", () => {
    expect(sweepStates.filter(isTerminalSweepState)).toEqual(["completed", "failed", "stopped", "cancelled"]);
  });
});
