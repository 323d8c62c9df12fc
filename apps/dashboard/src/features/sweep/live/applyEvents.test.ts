import type { SweepDetail, SweepEvent, SweepEventBody } from "@smoothsweep/contracts";
import { describe, expect, test } from "vitest";
import { trialOf } from "../../../testing/cellFixtures.ts";
import { applyEventsToSweep, applyEventsToTrials, countTrials } from "./applyEvents.ts";

function eventsOf(...bodies: SweepEventBody[]): SweepEvent[] {
  return bodies.map((body, index) => ({ ...body, id: index + 1, sweepId: "swp_1", at: "t" }));
}

const started: SweepEventBody = { type: "trials.started", data: { trialIds: ["t1", "t2"], workerId: "w" } };
const completed: SweepEventBody = { type: "trial.completed", data: { trialId: "t1", accuracy: 0.9, ece: 0.1 } };
const returned: SweepEventBody = { type: "trials.returned", data: { trialIds: ["t2"], reason: "worker_lost" } };
const failed: SweepEventBody = { type: "trial.failed", data: { trialId: "t2", code: "trial_diverged", message: "m" } };
const ended: SweepEventBody = { type: "sweep.ended", data: { state: "failed" } };

const trials = [trialOf("t1", "a", "pending"), trialOf("t2", "a", "pending"), trialOf("t3", "b", "pending", "t1")];
const counts = { asked: 3, distinct: 2, pending: 2, running: 0, completed: 0, failed: 0, cancelled: 0 };
const sweep = { counts, state: "running", lastEventId: 0 } as SweepDetail;

describe("applyEventsToTrials", () => {
  test("moves trials along, the last event of each wins", () => {
    const states = applyEventsToTrials(trials, eventsOf(started, completed, returned)).map((trial) => trial.state);
    expect(states).toEqual(["completed", "pending", "pending"]);
  });

  test("applying events twice changes nothing more", () => {
    const once = applyEventsToTrials(trials, eventsOf(started, completed));
    expect(applyEventsToTrials(once, eventsOf(started, completed))).toBe(once);
  });
});

describe("applyEventsToSweep", () => {
  test("counts distinct trials only", () => {
    const after = applyEventsToTrials(trials, eventsOf(started, completed));
    expect(countTrials(after)).toEqual({ ...counts, pending: 0, running: 1, completed: 1 });
  });

  test("takes the counts from the trials, the state from the end, and the newest id", () => {
    const events = eventsOf(started, completed, failed, ended);
    const after = applyEventsToSweep(sweep, events, applyEventsToTrials(trials, events));
    expect(after).toMatchObject({ state: "failed", lastEventId: 4, counts: { completed: 1, failed: 1, pending: 0 } });
  });

  test("leaves the counts alone when not every trial is known", () => {
    expect(applyEventsToSweep(sweep, eventsOf(started), trials.slice(1)).counts).toBe(counts);
  });
});
