import type { ClaimRequest, PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { LEASE_MS, type StoreHarness } from "./storeHarness.ts";

/** What becomes of a claim that is asked for again because its answer was lost, for every adapter of {@link TrialStore}. */
export function claimContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as TrialStore: claims that are asked for again`, () => {
    let harness: StoreHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep({ axes: { "smoothing.epsilon": Array.from({ length: 16 }, (_, i) => i / 20) }, seeds: [0] });
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());

    const claim = (changes: Partial<ClaimRequest> = {}) =>
      harness.store.claimTrials({
        groupId: sweep.trials[0]!.groupId,
        workerId: "wrk_test",
        limit: 4,
        leaseMs: LEASE_MS,
        requestId: "first",
        ...changes,
      });
    const idsOf = (claims: readonly { trialId: string }[]) => claims.map(({ trialId }) => trialId).toSorted();

    it("are the same claims: no new attempt, no new event", async () => {
      const given = await claim();
      expect(given).toHaveLength(4);
      expect(await claim()).toEqual(given);
      const { attempts, state } = await harness.store.getTrial(given[0]!.trialId);
      expect([attempts, state]).toEqual([1, "running"]);
      expect((await harness.feed.read(sweep.id, 0, 100)).map(({ type }) => type)).toEqual([
        "sweep.created",
        "trials.started",
      ]);
    });

    it("are the same for many that ask at the same moment", async () => {
      const [given, ...others] = await Promise.all(Array.from({ length: 6 }, () => claim()));
      expect(given).toHaveLength(4);
      for (const other of others) expect(other).toEqual(given);
      expect(await harness.store.getSweep(sweep.id)).toMatchObject({ counts: { running: 4, pending: 12 } });
    });

    it("have a new lease", async () => {
      const given = await claim();
      await harness.passTime(2 * LEASE_MS);
      await claim();
      expect(await harness.ledger.mend({ orphanAfterMs: LEASE_MS })).toMatchObject({ expired: 0 });
      expect(await harness.store.renewLeases(given, LEASE_MS)).toHaveLength(4);
    });

    it("are those that still hold: what has ended, or was handed back and claimed anew, is not handed out again", async () => {
      const [done, returned, ...held] = await claim();
      await harness.store.acceptResults([acceptedResult(done!)]);
      await harness.store.returnTrials([returned!], "test");
      const anew = await claim({ requestId: "second", limit: 1 });
      expect(idsOf(anew)).toEqual([returned!.trialId]);
      expect(idsOf(await claim())).toEqual(idsOf(held));
    });

    it("are new ones when nothing of the first still holds", async () => {
      const given = await claim();
      await harness.store.acceptResults(given.map((each) => acceptedResult(each)));
      const again = await claim();
      expect(again).toHaveLength(4);
      expect(idsOf(again).filter((id) => idsOf(given).includes(id))).toEqual([]);
    });

    it("are others for another request, and for one without a name", async () => {
      const packs = [await claim(), await claim({ requestId: "second" }), await claim({ requestId: undefined })];
      expect(new Set(packs.flatMap(idsOf)).size).toBe(12);
    });
  });
}
