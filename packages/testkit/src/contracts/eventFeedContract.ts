import type { SweepEventBody } from "@smoothsweep/contracts";
import type { EventFeed } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** A feed of its own for one test, with two sweeps that nothing has happened to, or only their creation. */
export interface EventFeedHarness {
  feed: EventFeed;
  sweepId: string;
  otherId: string;
  /** Something happens to a sweep: the events are committed together. */
  append(sweepId: string, events: readonly SweepEventBody[]): Promise<void>;
  close(): Promise<void>;
}

const started = (workerId: string): SweepEventBody => ({ type: "trials.started", data: { trialIds: [], workerId } });

/** The laws of {@link EventFeed}, for every adapter. */
export function eventFeedContract(name: string, open: () => Promise<EventFeedHarness>): void {
  describe(`${name} as EventFeed`, () => {
    let harness: EventFeedHarness;
    /** Id of the sweep's newest event before the test. */
    let before: number;
    beforeEach(async () => {
      harness = await open();
      before = (await harness.feed.read(harness.sweepId, 0, 1000)).length;
    });
    afterEach(() => harness.close());

    const happen = (...workers: string[]) => harness.append(harness.sweepId, workers.map(started));
    const read = (afterId = before, limit = 1000) => harness.feed.read(harness.sweepId, afterId, limit);
    const ids = async (afterId?: number, limit?: number) => (await read(afterId, limit)).map(({ id }) => id - before);
    /** Resolves at the next wake. */
    const woken = (sweepId = harness.sweepId) =>
      new Promise<void>((resolve) => {
        const stop = harness.feed.subscribe(sweepId, () => {
          stop();
          resolve();
        });
      });

    it("numbers events 1, 2, 3 ... without gaps, in each sweep by itself", async () => {
      await Promise.all(Array.from({ length: 10 }, (_, index) => happen(`wrk_${index}`, `wrk_${index}b`)));
      await harness.append(harness.otherId, [started("wrk_other")]);
      expect(await ids(0)).toEqual(Array.from({ length: before + 20 }, (_, index) => index + 1 - before));
      const other = await harness.feed.read(harness.otherId, 0, 1000);
      expect(other.map(({ id }) => id)).toEqual(other.map((_, index) => index + 1));
    });

    it("keeps events that were committed together together, in their order", async () => {
      await Promise.all(Array.from({ length: 10 }, (_, index) => happen(`wrk_${index} first`, `wrk_${index} second`)));
      const workers = (await read()).map(({ data }) => (data as { workerId: string }).workerId);
      for (let pair = 0; pair < workers.length; pair += 2) {
        expect(workers[pair + 1]).toBe(workers[pair]!.replace("first", "second"));
      }
    });

    it("gives what comes after an id, at most as many as asked for, until there is no more", async () => {
      await happen("a", "b", "c", "d", "e");
      expect(await ids(before, 2)).toEqual([1, 2]);
      expect(await ids(before + 2, 2)).toEqual([3, 4]);
      expect(await ids(before + 4, 2)).toEqual([5]);
      expect(await ids(before + 5, 2)).toEqual([]);
    });

    it("gives the same event again at the same id, with its sweep and its time, whoever changed what was read", async () => {
      await happen("a");
      const [first] = await read();
      const kept = structuredClone(first);
      expect(kept).toMatchObject({ ...started("a"), id: before + 1, sweepId: harness.sweepId });
      expect(new Date(kept!.at).toISOString()).toBe(kept!.at);
      (first!.data as { workerId: string }).workerId = "changed";
      await happen("b");
      expect((await read())[0]).toEqual(kept);
    });

    it("wakes a subscriber after a commit, who then reads the events", async () => {
      const wake = woken();
      await happen("a");
      await wake;
      expect(await ids()).toEqual([1]);
    });

    it("wakes every subscriber of a sweep, after every commit", async () => {
      for (const round of ["a", "b"]) {
        const wakes = [woken(), woken()];
        await happen(round);
        await Promise.all(wakes);
      }
    });

    it("wakes nobody who has stopped", async () => {
      let wakes = 0;
      const stop = harness.feed.subscribe(harness.sweepId, () => {
        wakes += 1;
      });
      stop();
      const other = woken();
      await happen("a");
      await other;
      expect(wakes).toBe(0);
    });

    it("refuses a sweep that does not exist", async () => {
      await expect(harness.feed.read("swp_none", 0, 10)).rejects.toMatchObject({ code: "not_found" });
    });
  });
}
