import type { SweepDetail, SweepEvent, SweepEventBody, Trial, TrialDetail } from "@smoothsweep/contracts";
import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { queryKeys } from "../../../api/queryKeys.ts";
import { trialOf } from "../../../testing/cellFixtures.ts";
import { createSweepFeed } from "./createSweepFeed.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const counts = { asked: 1, distinct: 1, pending: 1, running: 0, completed: 0, failed: 0, cancelled: 0 };
const report = { epoch: 2, trainLoss: 1 } as TrialDetail["reports"][number];
let nextId = 1;

function eventOf(body: SweepEventBody): SweepEvent {
  return { ...body, id: nextId++, sweepId: "swp_1", at: "t" };
}

function feedWithCache() {
  const queryClient = new QueryClient();
  queryClient.setQueryData(queryKeys.sweepDetail("swp_1"), { counts, state: "running", lastEventId: 0 });
  queryClient.setQueryData(queryKeys.sweepTrials("swp_1"), [trialOf("t1", "a", "pending")]);
  queryClient.setQueryData(queryKeys.trial("t1"), { ...trialOf("t1", "a", "running"), reports: [{ epoch: 1 }] });
  const invalidate = vi.spyOn(queryClient, "invalidateQueries");
  return { queryClient, invalidate, feed: createSweepFeed(queryClient, "swp_1") };
}

describe("createSweepFeed", () => {
  test("patches states and counts without asking the API", async () => {
    const { queryClient, feed } = feedWithCache();
    feed.take(eventOf({ type: "trials.started", data: { trialIds: ["t1"], workerId: "w" } }));
    await vi.advanceTimersByTimeAsync(300);
    expect(queryClient.getQueryData<Trial[]>(queryKeys.sweepTrials("swp_1"))?.[0]?.state).toBe("running");
    const sweep = queryClient.getQueryData<SweepDetail>(queryKeys.sweepDetail("swp_1"));
    expect(sweep?.counts).toMatchObject({ pending: 0, running: 1 });
  });

  test("a storm of results asks for the cells at most twice a second", async () => {
    const { invalidate, feed } = feedWithCache();
    for (let step = 0; step < 190; step++) {
      feed.take(eventOf({ type: "trial.completed", data: { trialId: "t1", accuracy: 0.9, ece: 0.1 } }));
      await vi.advanceTimersByTimeAsync(10);
    }
    const asked = invalidate.mock.calls.filter(([filters]) => filters?.queryKey?.[2] === "cells");
    expect(asked).toHaveLength(4);
  });

  test("adds reports to a trial on show, each epoch once", async () => {
    const { queryClient, feed } = feedWithCache();
    for (let times = 0; times < 2; times++) {
      feed.take(eventOf({ type: "trial.reported", data: { trialId: "t1", report } }));
      await vi.advanceTimersByTimeAsync(300);
    }
    const trial = queryClient.getQueryData<TrialDetail>(queryKeys.trial("t1"));
    expect(trial?.reports.map(({ epoch }) => epoch)).toEqual([1, 2]);
  });
});
