import type { RevocationFeed } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** Processes that listen, and what they listen to. */
export interface RevocationFeedHarness {
  /** The feed of another process. */
  join(): Promise<RevocationFeed>;
  /** Voids claims of a sweep. @returns the sweep */
  revoke(): Promise<string>;
  /** Cuts the connections that the feeds have. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** The laws of {@link RevocationFeed}, for every adapter. */
export function revocationFeedContract(name: string, open: () => Promise<RevocationFeedHarness>): void {
  describe(`${name} as RevocationFeed`, () => {
    let harness: RevocationFeedHarness;
    let feeds: RevocationFeed[];
    beforeEach(async () => {
      harness = await open();
      feeds = [await harness.join(), await harness.join()];
    });
    afterEach(async () => {
      await Promise.all(feeds.map((feed) => feed.close()));
      await harness.close();
    });
    /** The sweep of the next wake. */
    const woken = (feed: RevocationFeed) =>
      new Promise<string | undefined>((resolve) => {
        const stop = feed.subscribe((sweepId) => {
          stop();
          resolve(sweepId);
        });
      });

    it("wakes every subscriber in every process, with the sweep", async () => {
      const wakes = feeds.flatMap((feed) => [woken(feed), woken(feed)]);
      const sweepId = await harness.revoke();
      expect(await Promise.all(wakes)).toEqual(wakes.map(() => sweepId));
    });

    it("wakes nobody who has stopped", async () => {
      let wakes = 0;
      const stop = feeds[0]!.subscribe(() => {
        wakes += 1;
      });
      stop();
      const other = woken(feeds[0]!);
      await harness.revoke();
      await other;
      expect(wakes).toBe(0);
    });

    it("wakes the other processes when one has closed its feed", async () => {
      const [closing, staying] = feeds.splice(0) as [RevocationFeed, RevocationFeed];
      feeds.push(staying);
      await closing.close();
      const wake = woken(staying);
      expect(await harness.revoke()).toBe(await wake);
    });

    it("wakes everybody for any sweep when a lost connection came back, and for each one from then on", async () => {
      const back = feeds.map(woken);
      await harness.cut();
      expect(await Promise.all(back)).toEqual([undefined, undefined]);
      const next = feeds.map(woken);
      const sweepId = await harness.revoke();
      expect(await Promise.all(next)).toEqual([sweepId, sweepId]);
    });
  });
}
