import { type PlannedSweep, WORKER_PROTOCOL } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { epochReport, testEngine } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { groupsOf, LEASE_MS, type StoreHarness } from "./storeHarness.ts";

/** How many trials one claim may have, for every adapter of {@link TrialStore}. */
export function packSharesContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as TrialStore: claims`, () => {
    let harness: StoreHarness;
    /** Two groups of three distinct trials. */
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep({ training: { epochs: 20, batchSize: 20 } });
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());

    const register = async (...ids: string[]) => {
      const machine = { host: "here", pid: 1, version: "0", engine: testEngine, packCapacity: 8, memoryBytes: null };
      for (const id of ids) await harness.registry.register({ id, ...machine, protocol: WORKER_PROTOCOL });
    };
    const claim = (groupId: string, limit = 8) =>
      harness.store.claimTrials({ groupId, limit, workerId: "wrk_one", leaseMs: LEASE_MS });
    const claimed = async (group: 0 | 1, limit?: number) => (await claim(groupsOf(sweep)[group]!, limit)).length;
    /** All but one of the epochs of the first group are done afterwards. */
    const nearlyFinishFirstGroup = async () => {
      const report = epochReport(sweep.spec.training.epochs - 1);
      const begun = await claim(groupsOf(sweep)[0]!);
      await harness.store.recordReports(begun.map((trial) => ({ ...trial, report })));
    };

    it("are at most an even share of what waits and of what has just begun, so that workers end together", async () => {
      await register("wrk_one", "wrk_two");
      expect([await claimed(0), await claimed(1)]).toEqual([3, 3]);
    });

    it("count what is under way only as far as it still has to go", async () => {
      await register("wrk_one", "wrk_two");
      await nearlyFinishFirstGroup();
      // Of 3 that wait and 0.15 to come nobody gets more than 2.
      expect([await claimed(1), await claimed(1)]).toEqual([2, 1]);
    });

    it("cut a group in the middle rather than leave a few over", async () => {
      await register("wrk_one");
      const five = plannedSweep({ name: "five", axes: { "smoothing.epsilon": [0, 0.1, 0.2, 0.3, 0.4] }, seeds: [7] });
      await harness.store.createSweep(five);
      const [group] = groupsOf(five);
      expect([(await claim(group!, 4)).length, (await claim(group!, 4)).length]).toEqual([3, 2]);
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
      await nearlyFinishFirstGroup();
      expect([await claimed(1), await claimed(1)]).toEqual([2, 1]);
    });
  });
}
