import type { PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult, epochReport } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll, groupsOf, HOUR_MS, LEASE_MS, type StoreHarness } from "./storeHarness.ts";

const workerId = "wrk_test";

/** Who may run and end trials, for every adapter of {@link TrialStore}. */
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

    const groupIds = () => groupsOf(sweep);
    const claim = (groupId: string, limit = 100) =>
      harness.store.claimTrials({ groupId, limit, workerId, leaseMs: LEASE_MS });
    const eventTypes = async () => (await harness.feed.read(sweep.id, 0, 1000)).map(({ type }) => type);

    it("hands a pending trial to one of many concurrent claimants only", async () => {
      const [groupId] = groupIds();
      const claims = (await Promise.all(Array.from({ length: 8 }, () => claim(groupId!, 2)))).flat();
      expect(claims).toHaveLength(3);
      expect(new Set(claims.map(({ trialId }) => trialId)).size).toBe(3);
    });

    it("never hands out an equivalent: its representative is trained for it", async () => {
      const claims = await claimAll(harness.store, sweep);
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
      await harness.passTime(LEASE_MS + 1);
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

    it("leaves a trial to its attempt as long as its lease is renewed, and takes it back afterwards", async () => {
      const [first] = await claim(groupIds()[0]!, 1);
      const mend = async () => (await harness.ledger.mend({ orphanAfterMs: HOUR_MS })).expired;
      await harness.passTime(0.7 * LEASE_MS);
      await harness.store.renewLeases([first!], LEASE_MS);
      await harness.passTime(0.7 * LEASE_MS);
      expect([await mend(), (await harness.store.getTrial(first!.trialId)).state]).toEqual([0, "running"]);
      await harness.passTime(0.7 * LEASE_MS);
      expect([await mend(), (await harness.store.getTrial(first!.trialId)).state]).toEqual([1, "pending"]);
    });

    it("refuses a report of an older attempt, also beside one of the newest", async () => {
      const [older] = await claim(groupIds()[0]!, 1);
      await harness.store.returnTrials([older!], "test");
      const [newest] = await claim(groupIds()[0]!, 1);
      const { trialId, token } = newest!;
      expect(trialId).toBe(older!.trialId);
      const reports = [
        { ...older!, report: epochReport(1) },
        { ...newest!, report: epochReport(2) },
      ];
      for (const told of [reports, reports.toReversed()]) {
        expect(await harness.store.recordReports(told)).toEqual([{ trialId, token }]);
      }
      expect((await harness.store.getTrial(trialId)).reports).toEqual([epochReport(2)]);
      expect((await eventTypes()).filter((type) => type === "trial.reported")).toHaveLength(1);
    });

    it("records an epoch once, however often it is reported", async () => {
      const [first] = await claim(groupIds()[0]!, 1);
      const told = { ...first!, report: epochReport(1) };
      await harness.store.recordReports([told, told]);
      await harness.store.recordReports([told]);
      expect((await harness.store.getTrial(first!.trialId)).reports).toEqual([epochReport(1)]);
      expect((await eventTypes()).filter((type) => type === "trial.reported")).toHaveLength(1);
    });

    it("puts a retryable failure back to pending until its attempts are used up, then fails it with the reason", async () => {
      const [groupId] = groupIds();
      for (const expected of ["pending", "pending", "failed"]) {
        await harness.passTime(HOUR_MS);
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
      const claims = await claimAll(harness.store, sweep);
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
      const claims = await claimAll(harness.store, sweep);
      await Promise.all(claims.map((each) => harness.store.acceptResults([acceptedResult(each)])));
      expect(await harness.store.getSweep(sweep.id)).toMatchObject({ state: "completed", counts: { completed: 6 } });
      expect((await eventTypes()).filter((type) => type === "sweep.ended")).toHaveLength(1);
    });

    it("numbers events 1, 2, 3 ... without gaps also when many are written at once", async () => {
      const claims = await claimAll(harness.store, sweep);
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
  });
}
