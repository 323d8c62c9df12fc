import type { CellTrialPage, PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult, epochReport } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import type { StoreHarness } from "./storeHarness.ts";

const LEASE_MS = 60_000;
const workerId = "wrk_test";

/** The laws of {@link TrialStore}, {@link WorkQueueLedger} and {@link EventFeed}, for every adapter. */
export function trialStoreContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as TrialStore`, () => {
    let harness: StoreHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());

    const groupIds = () => [...new Set(sweep.trials.map(({ groupId }) => groupId))];
    const claim = (groupId: string, limit = 100) =>
      harness.store.claimTrials({ groupId, limit, workerId, leaseMs: LEASE_MS });
    const eventTypes = async () => (await harness.feed.read(sweep.id, 0, 1000)).map(({ type }) => type);

    it("gives back a sweep with its resolved specification and its counts", async () => {
      const stored = await harness.store.getSweep(sweep.id);
      expect(stored.spec).toEqual(sweep.spec);
      expect(stored.counts).toEqual({
        asked: 8,
        distinct: 6,
        pending: 6,
        running: 0,
        completed: 0,
        failed: 0,
        cancelled: 0,
      });
      expect(stored.state).toBe("running");
    });

    it("keeps the order of the axes as the user wrote them", async () => {
      const { items } = await harness.store.listCellTrials(sweep.id, { limit: 1 });
      expect(Object.keys(items[0]!.values)).toEqual(Object.keys(sweep.spec.axes));
    });

    it("gives whole cells page by page in the order of their first trials, also those that were extended", async () => {
      await harness.control.extend(sweep.id, { seeds: [7], axes: {} });
      const all = await harness.store.listCellTrials(sweep.id, { limit: 100 });
      expect(all.items.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 12 }, (_, ordinal) => ordinal));
      const cellIds = [...new Set(all.items.map(({ cellId }) => cellId))];
      const pages: string[][] = [];
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page: CellTrialPage = await harness.store.listCellTrials(sweep.id, { limit: 3, cursor });
        expect(page.items.length).toBe(3 * new Set(page.items.map(({ cellId }) => cellId)).size);
        pages.push([...new Set(page.items.map(({ cellId }) => cellId))]);
        cursor = page.nextCursor;
      }
      expect(pages).toEqual([cellIds.slice(0, 3), cellIds.slice(3)]);
    });

    it("has no cells after the last one, and none of a sweep that is not there", async () => {
      const { nextCursor } = await harness.store.listCellTrials(sweep.id, { limit: 4 });
      expect(nextCursor).toBeNull();
      const none = harness.store.listCellTrials("swp_none", { limit: 4 });
      await expect(none).rejects.toMatchObject({ code: "not_found" });
    });

    it("hands a pending trial to one of many concurrent claimants only", async () => {
      const [groupId] = groupIds();
      const claims = (await Promise.all(Array.from({ length: 8 }, () => claim(groupId!, 2)))).flat();
      expect(claims).toHaveLength(3);
      expect(new Set(claims.map(({ trialId }) => trialId)).size).toBe(3);
    });

    it("never hands out an equivalent: its representative is trained for it", async () => {
      const claims = (await Promise.all(groupIds().map((groupId) => claim(groupId)))).flat();
      const equivalents = new Set(
        sweep.trials.filter(({ representativeId }) => representativeId !== null).map(({ id }) => id),
      );
      expect(claims.filter(({ trialId }) => equivalents.has(trialId))).toEqual([]);
    });

    it("accepts a result once, with its reports, and says so again when asked again", async () => {
      const [first] = await claim(groupIds()[0]!);
      const { trialId, token } = first!;
      expect(await harness.store.acceptResults([acceptedResult(first!, 0.91)])).toEqual([{ trialId, token }]);
      // The answer may have been lost: asked again, it is the same, and so is the result.
      expect(await harness.store.acceptResults([acceptedResult(first!, 0.5)])).toEqual([{ trialId, token }]);
      const trial = await harness.store.getTrial(first!.trialId);
      expect(trial).toMatchObject({ state: "completed", attempts: 1 });
      expect(trial.metrics?.test.accuracy).toBe(0.91);
      expect(trial.reports.map(({ epoch }) => epoch)).toEqual([1, 2]);
    });

    it("accepts the results of a pack together; those that are stale are refused and the others are not", async () => {
      const claims = await claim(groupIds()[0]!);
      const [stale, ...others] = claims;
      await harness.store.returnTrials([stale!], "test");
      const accepted = await harness.store.acceptResults(claims.map((each) => acceptedResult(each)));
      expect(accepted.map(({ trialId }) => trialId).toSorted()).toEqual(
        others.map(({ trialId }) => trialId).toSorted(),
      );
      expect(await harness.store.getTrial(stale!.trialId)).toMatchObject({ state: "pending", metrics: null });
    });

    it("lets an equivalent show the result of its representative", async () => {
      const equivalent = sweep.trials.find(({ representativeId }) => representativeId !== null)!;
      const claims = await claim(equivalent.groupId);
      const owner = claims.find(({ trialId }) => trialId === equivalent.representativeId)!;
      await harness.store.acceptResults([acceptedResult(owner, 0.77)]);
      const shown = await harness.store.getTrial(equivalent.id);
      expect(shown).toMatchObject({ state: "completed", representativeId: owner.trialId });
      expect(shown.metrics?.test.accuracy).toBe(0.77);
    });

    it("fences an attempt whose lease was lost: neither report nor result nor renewal gets through", async () => {
      const [stale] = await claim(groupIds()[0]!, 1);
      await harness.expireLeases();
      expect(await harness.ledger.mend({ orphanAfterMs: 60_000, areLeasesStale: true })).toMatchObject({ expired: 0 });
      expect(await harness.ledger.mend({ orphanAfterMs: 60_000 })).toMatchObject({ expired: 1 });
      // Trials that were lost share no pack with others.
      const again = [...(await claim(groupIds()[0]!)), ...(await claim(groupIds()[0]!))];
      const fresh = again.find(({ trialId }) => trialId === stale!.trialId);
      expect(fresh).toMatchObject({ token: stale!.token + 1 });
      expect(await harness.store.recordReports([{ ...stale!, report: epochReport(1) }])).toEqual([]);
      expect(await harness.store.acceptResults([acceptedResult(stale!)])).toEqual([]);
      expect(await harness.store.renewLeases([stale!, fresh!], LEASE_MS)).toEqual([
        { trialId: fresh!.trialId, token: fresh!.token },
      ]);
    });

    it("records an epoch once, however often it is reported", async () => {
      const [first] = await claim(groupIds()[0]!, 1);
      const told = { ...first!, report: epochReport(1) };
      await harness.store.recordReports([told]);
      await harness.store.recordReports([told]);
      expect((await harness.store.getTrial(first!.trialId)).reports).toEqual([epochReport(1)]);
      expect((await eventTypes()).filter((type) => type === "trial.reported")).toHaveLength(1);
    });

    it("puts a retryable failure back to pending until its attempts are used up, then fails it with the reason", async () => {
      const [groupId] = groupIds();
      for (const expected of ["pending", "pending", "failed"]) {
        await harness.passBackoffs();
        const [first] = await claim(groupId!, 1);
        const failure = {
          trialId: first!.trialId,
          token: first!.token,
          code: "child_exited",
          message: "gone",
          retryable: true,
        };
        expect(await harness.store.failTrial(failure)).toBe(expected);
      }
      const failed = await harness.store.listTrials(sweep.id, { limit: 10, state: "failed" });
      expect(failed.items.map(({ failure }) => failure)).toContainEqual({ code: "child_exited", message: "gone" });
    });

    it("fails a trial at once when another attempt cannot help", async () => {
      const [first] = await claim(groupIds()[0]!, 1);
      const failure = {
        trialId: first!.trialId,
        token: first!.token,
        code: "trial_diverged",
        message: "NaN",
        retryable: false,
      };
      expect(await harness.store.failTrial(failure)).toBe("failed");
    });

    it("takes back what a draining worker returns, without counting the attempt", async () => {
      const [first] = await claim(groupIds()[0]!, 1);
      for (let round = 0; round < 4; round++) {
        const [again] = round === 0 ? [first] : await claim(groupIds()[0]!, 1);
        await harness.store.returnTrials([again!], "the worker drains");
      }
      expect(await harness.store.getTrial(first!.trialId)).toMatchObject({ state: "pending" });
    });

    it("ends the sweep in the transaction of its last trial, as failed when one failed", async () => {
      const claims = (await Promise.all(groupIds().map((groupId) => claim(groupId)))).flat();
      const [last, ...others] = claims;
      await Promise.all(others.map((other) => harness.store.acceptResults([acceptedResult(other)])));
      expect((await harness.store.getSweep(sweep.id)).state).toBe("running");
      await harness.store.failTrial({
        trialId: last!.trialId,
        token: last!.token,
        code: "trial_diverged",
        message: "NaN",
        retryable: false,
      });
      expect(await harness.store.getSweep(sweep.id)).toMatchObject({
        state: "failed",
        counts: { completed: 5, failed: 1 },
      });
      expect((await eventTypes()).filter((type) => type === "sweep.ended")).toHaveLength(1);
    });

    it("ends a sweep once when its last trials are accepted at the same moment", async () => {
      const claims = (await Promise.all(groupIds().map((groupId) => claim(groupId)))).flat();
      await Promise.all(claims.map((each) => harness.store.acceptResults([acceptedResult(each)])));
      expect(await harness.store.getSweep(sweep.id)).toMatchObject({ state: "completed", counts: { completed: 6 } });
      expect((await eventTypes()).filter((type) => type === "sweep.ended")).toHaveLength(1);
    });

    it("numbers events 1, 2, 3 ... without gaps also when many are written at once", async () => {
      const claims = (await Promise.all(groupIds().map((groupId) => claim(groupId)))).flat();
      await Promise.all(
        claims.flatMap((each) =>
          [1, 2, 3].map((epoch) => harness.store.recordReports([{ ...each, report: epochReport(epoch) }])),
        ),
      );
      const ids = (await harness.feed.read(sweep.id, 0, 1000)).map(({ id }) => id);
      expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => index + 1));
      expect(ids).toHaveLength(1 + groupIds().length + 18);
    });

    it("wakes a subscriber after new events", async () => {
      const woken = new Promise<void>((resolve) => {
        harness.feed.subscribe(sweep.id, resolve);
      });
      await claim(groupIds()[0]!, 1);
      await woken;
    });

    it("pages through trials and sweeps without loss or repetition", async () => {
      const ordinals: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await harness.store.listTrials(sweep.id, { limit: 3, cursor });
        ordinals.push(...page.items.map(({ ordinal }) => ordinal));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(ordinals).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      const other = plannedSweep({ name: "other" });
      await harness.store.createSweep(other);
      const newest = await harness.store.listSweeps({ limit: 1 });
      const older = await harness.store.listSweeps({ limit: 1, cursor: newest.nextCursor ?? undefined });
      expect([newest, older].map(({ items }) => items.map(({ id }) => id))).toEqual([[other.id], [sweep.id]]);
      expect(older.nextCursor).toBeNull();
    });

    it.each([
      ["%%%"],
      [Buffer.from('["nonsense","x"]').toString("base64url")],
      [Buffer.from('["2026-01-01","a\\u0000"]').toString("base64url")],
      [Buffer.from('["99999999999999"]').toString("base64url")],
    ])("refuses %s, which is no cursor of ours", async (cursor) => {
      const refused = { code: "invalid_request" };
      await expect(harness.store.listTrials(sweep.id, { limit: 1, cursor })).rejects.toMatchObject(refused);
      await expect(harness.store.listSweeps({ limit: 1, cursor })).rejects.toMatchObject(refused);
    });

    it("refuses an id that names nothing", async () => {
      await expect(harness.store.getSweep("swp_none")).rejects.toMatchObject({ code: "not_found" });
      await expect(harness.store.getTrial("trl_none")).rejects.toMatchObject({ code: "not_found" });
    });

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
  });
}
