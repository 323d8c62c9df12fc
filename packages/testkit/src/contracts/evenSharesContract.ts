import { type PlannedSweep, WORKER_PROTOCOL } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testEngine } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { groupsOf, LEASE_MS, type StoreHarness } from "./storeHarness.ts";

/** How many trials one claim may have, for every adapter of {@link TrialStore}. */
export function evenSharesContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as TrialStore: claims`, () => {
    let harness: StoreHarness;
    /** Two groups of three distinct trials. */
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());

    const register = async (...ids: string[]) => {
      const machine = { host: "here", pid: 1, version: "0", engine: testEngine, packCapacity: 8, memoryBytes: null };
      for (const id of ids) await harness.registry.register({ id, ...machine, protocol: WORKER_PROTOCOL });
    };
    const claimed = async (group: 0 | 1, limit = 8) => {
      const groupId = groupsOf(sweep)[group]!;
      return (await harness.store.claimTrials({ groupId, limit, workerId: "wrk_one", leaseMs: LEASE_MS })).length;
    };

    it("are at most an even share of what waits, so that the last packs are small and workers end together", async () => {
      await register("wrk_one", "wrk_two");
      expect([await claimed(0), await claimed(1), await claimed(1)]).toEqual([3, 2, 1]);
    });

    it("are whole packs while enough waits for everyone", async () => {
      await register("wrk_one", "wrk_two");
      expect([await claimed(0, 2), await claimed(1, 2)]).toEqual([2, 2]);
    });

    it("leave no share to workers that have ended or were not seen for long", async () => {
      await register("wrk_ended", "wrk_silent");
      await harness.registry.retire("wrk_ended");
      await harness.passTime(60_000);
      await register("wrk_one");
      expect([await claimed(0), await claimed(1)]).toEqual([3, 3]);
    });

    it("leave no share to trials of a sweep that does not run", async () => {
      await register("wrk_one", "wrk_two");
      const paused = plannedSweep({ name: "paused" });
      await harness.store.createSweep(paused);
      await harness.control.apply(paused.id, "pause");
      expect([await claimed(0), await claimed(1)]).toEqual([3, 2]);
    });
  });
}
