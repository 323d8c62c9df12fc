import { type OutboxToken, PLACE_RESET, type PlannedSweep, strideOf } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { groupsOf, HOUR_MS, LEASE_MS, type StoreHarness } from "./storeHarness.ts";

/** The laws of {@link WorkQueueLedger}, for every adapter. */
export function workQueueLedgerContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as WorkQueueLedger`, () => {
    let harness: StoreHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());

    const groupIds = () => groupsOf(sweep);
    const relayed = async (limit = 1000) => {
      const sent: OutboxToken[] = [];
      await harness.ledger.relayOutbox(limit, async (tokens) => void sent.push(...tokens));
      return sent;
    };
    const orphans = async (orphanAfterMs: number) => (await harness.ledger.mend({ orphanAfterMs })).orphanedGroups;

    it("relays each token of the outbox once, and again when sending failed", async () => {
      await expect(harness.ledger.relayOutbox(100, () => Promise.reject(new Error("queue is down")))).rejects.toThrow(
        "queue is down",
      );
      const sent: string[] = [];
      const relay = () =>
        harness.ledger.relayOutbox(1, async (tokens) => {
          sent.push(...tokens.map(({ groupId }) => groupId));
        });
      await Promise.all([relay(), relay(), relay()]);
      await relay();
      expect(sent.toSorted()).toEqual(groupIds().toSorted());
    });

    it("gives new tokens to a group that everybody has forgotten", async () => {
      await harness.ledger.relayOutbox(100, async () => {});
      expect(await harness.ledger.mend({ orphanAfterMs: 0 })).toEqual({
        expired: 0,
        orphanedGroups: groupIds().length,
      });
      const generations: number[] = [];
      await harness.ledger.relayOutbox(100, async (tokens) => {
        generations.push(...tokens.map(({ generation }) => generation));
      });
      expect(generations).toEqual(groupIds().map(() => 1));
    });

    it("gives new tokens to a group that waits while the queue is empty, also while one of its trials runs", async () => {
      await harness.ledger.relayOutbox(100, async () => {});
      const [groupId = ""] = groupIds();
      await harness.store.claimTrials({ groupId, workerId: "wrk_1", limit: 1, leaseMs: 60_000 });
      const forgotten = (isQueueEmpty: boolean) => harness.ledger.mend({ orphanAfterMs: 0, isQueueEmpty });
      expect(await forgotten(false)).toMatchObject({ orphanedGroups: groupIds().length - 1 });
      await harness.ledger.relayOutbox(100, async () => {});
      expect(await forgotten(true)).toMatchObject({ orphanedGroups: groupIds().length });
    });

    it("gives the foremost tokens first, at most as many as asked for, and says how many were sent", async () => {
      await harness.store.createSweep(plannedSweep({ name: "second", seeds: [0, 1, 2, 3, 4] }));
      expect(await harness.ledger.relayOutbox(3, async () => {})).toBe(3);
      const rest = await relayed();
      expect(rest).toHaveLength(4);
      expect(rest.map(({ place }) => place)).toEqual(rest.map(({ place }) => place).toSorted((a, b) => a - b));
      expect(rest[0]!.place).toBeGreaterThanOrEqual(strideOf(0));
      expect([await relayed(), await harness.ledger.relayOutbox(1, async () => {})]).toEqual([[], 0]);
    });

    it("is the more patient with a group the more often it called for it", async () => {
      await relayed();
      const waits: number[] = [];
      for (const generation of [1, 2, 3]) {
        await harness.passTime((generation - 0.5) * HOUR_MS);
        waits.push(await orphans(HOUR_MS));
        await harness.passTime(0.6 * HOUR_MS);
        waits.push(await orphans(HOUR_MS));
        await relayed();
      }
      expect(waits).toEqual([0, 2, 0, 2, 0, 2]);
    });

    it("counts no group as forgotten of which a trial was begun lately", async () => {
      await relayed();
      await harness.passTime(0.6 * HOUR_MS);
      const [groupId = ""] = groupIds();
      const served = await harness.store.claimTrials({ groupId, limit: 1, workerId: "wrk_1", leaseMs: LEASE_MS });
      await harness.store.returnTrials(served, "");
      await relayed();
      await harness.passTime(0.6 * HOUR_MS);
      expect(await orphans(HOUR_MS)).toBe(groupIds().length - 1);
    });

    it("calls for nobody while a token is unsent, a trial of the group runs, or the sweep does not run", async () => {
      expect(await orphans(0)).toBe(0);
      await relayed();
      await harness.store.claimTrials({ groupId: groupIds()[0]!, limit: 1, workerId: "wrk_1", leaseMs: LEASE_MS });
      expect(await orphans(0)).toBe(1);
      await relayed();
      await harness.control.apply(sweep.id, "pause");
      expect(await orphans(0)).toBe(0);
    });

    it("brings every trial back to a worker, whatever was lost: tokens, workers, or both", async () => {
      await relayed();
      const [groupId = ""] = groupIds();
      await harness.store.claimTrials({ groupId, limit: 100, workerId: "wrk_1", leaseMs: LEASE_MS });
      await harness.passTime(HOUR_MS);
      const completed = new Set<string>();
      for (let round = 0; round < 6 && completed.size < 6; round++) {
        await harness.ledger.mend({ orphanAfterMs: 0, isQueueEmpty: true });
        for (const token of await relayed()) {
          const claims = await harness.store.claimTrials({
            ...token,
            limit: 100,
            workerId: "wrk_2",
            leaseMs: LEASE_MS,
          });
          await harness.store.acceptResults(claims.map((claim) => acceptedResult(claim)));
          for (const { trialId } of claims) completed.add(trialId);
        }
        await harness.passTime(HOUR_MS);
      }
      expect(await harness.store.getSweep(sweep.id)).toMatchObject({ state: "completed", counts: { completed: 6 } });
    });

    it("takes the place of a token that is older than the line for what it is: the sweep stays where it stands", async () => {
      await relayed();
      const one = { groupId: groupIds()[0]!, workerId: "wrk_1", limit: 1, leaseMs: LEASE_MS };
      await harness.store.claimTrials({ ...one, place: PLACE_RESET + 100 });
      expect(await orphans(0)).toBe(1);
      expect((await relayed()).map(({ place }) => place)).toEqual([0]);
    });

    it("counts places anew when the line has become very long, and every sweep lines up again", async () => {
      await relayed();
      const one = { groupId: groupIds()[0]!, workerId: "wrk_1", limit: 1, leaseMs: LEASE_MS };
      for (const place of [PLACE_RESET / 2, PLACE_RESET + 100]) await harness.store.claimTrials({ ...one, place });
      await harness.ledger.mend({ orphanAfterMs: HOUR_MS });
      const anew = await relayed();
      expect(new Set(anew.map(({ groupId }) => groupId))).toEqual(new Set(groupIds()));
      for (const { place } of anew) expect(place).toBeLessThan(100);
    });
  });
}
