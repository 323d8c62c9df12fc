import { lifecycleStates, type PlannedSweep, type SubmissionOptions } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll, completeAll, groupsOf, LEASE_MS, type StoreHarness } from "./storeHarness.ts";
import { sweepIn } from "./sweepIn.ts";

/** Submissions that come twice, and results that other sweeps have, for every adapter of {@link TrialStore}. */
export function submissionContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as TrialStore: submissions`, () => {
    let harness: StoreHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    const submit = (options: SubmissionOptions, sweep = plannedSweep()) => harness.store.createSweep(sweep, options);
    const sweeps = async () => (await harness.store.listSweeps({ limit: 100 })).items.length;
    const complete = (sweep: PlannedSweep, accuracy: number) => completeAll(harness.store, sweep, () => accuracy);

    it("makes one sweep of 20 concurrent submissions of the same specification, and all know it", async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => submit({ ifSame: "join" })));
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(answers.filter(({ joined }) => !joined)).toHaveLength(1);
      expect(await sweeps()).toBe(1);
    });

    it("gives 20 concurrent submissions with one key one answer, even when duplicates are wanted", async () => {
      const idempotency = { key: "key-1", requestHash: "hash" };
      const answers = await Promise.all(Array.from({ length: 20 }, () => submit({ ifSame: "duplicate", idempotency })));
      const [first, ...others] = answers.map(({ isReplay: _, ...answer }) => answer);
      for (const other of others) expect(other).toEqual(first);
      expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
      expect(await sweeps()).toBe(1);
    });

    it("refuses a key that was used for another request", async () => {
      await submit({ ifSame: "join", idempotency: { key: "key-1", requestHash: "one" } });
      const other = { ifSame: "join" as const, idempotency: { key: "key-1", requestHash: "other" } };
      await expect(submit(other)).rejects.toMatchObject({ code: "idempotency_conflict" });
      await expect(harness.store.findSubmission("any", other)).rejects.toMatchObject({ code: "idempotency_conflict" });
    });

    it("joins what runs or is complete, not what failed, was ended by its user, or is archived", async () => {
      const sweep = plannedSweep();
      await submit({ ifSame: "join" }, sweep);
      expect(await submit({ ifSame: "join" })).toMatchObject({ id: sweep.id, joined: true });
      expect(await harness.store.findSubmission(sweep.specHash, { ifSame: "join" })).toMatchObject({ id: sweep.id });
      await harness.control.apply(sweep.id, "cancel");
      expect(await harness.store.findSubmission(sweep.specHash, { ifSame: "join" })).toBeUndefined();
      expect(await submit({ ifSame: "join" })).toMatchObject({ joined: false });
      const joined: string[] = [];
      for (const state of lifecycleStates) {
        const { id, specHash } = await sweepIn(harness, state, { name: state });
        const found = await harness.store.findSubmission(specHash, { ifSame: "join" });
        if (found?.id === id) joined.push(state);
      }
      expect(joined).toEqual(["running", "paused", "completed"]);
    });

    it("trains again what another sweep is still training", async () => {
      const other = plannedSweep({ name: "other" });
      await harness.store.createSweep(other);
      const claims = await claimAll(harness.store, other);
      const again = plannedSweep({ name: "again", cache: "use" });
      expect(await harness.store.createSweep(again)).toMatchObject({ reused: 0 });
      await harness.store.acceptResults(claims.map((claim) => acceptedResult(claim)));
      expect(await claimAll(harness.store, again)).toHaveLength(6);
    });

    it("finds the answer that a submission would get, notes included, when it would create nothing", async () => {
      const idempotency = { key: "key-1", requestHash: "hash" };
      const sweep = plannedSweep();
      const find = (options: SubmissionOptions) => harness.store.findSubmission(sweep.specHash, options);
      const both = { ifSame: "join" as const, idempotency, notes: ["two were merged"] };
      expect([await find(both), await find({ ifSame: "duplicate" })]).toEqual([undefined, undefined]);
      const answer = await submit(both, sweep);
      expect(answer).toMatchObject({ id: sweep.id, notes: ["two were merged"], joined: false, isReplay: false });
      expect(await find({ ...both, notes: [] })).toEqual({ ...answer, isReplay: true });
      expect(await find({ ifSame: "join", notes: ["joined"] })).toMatchObject({ joined: true, notes: ["joined"] });
      // Only a submission can keep the answer to a new key.
      expect(await find({ ifSame: "join", idempotency: { key: "key-2", requestHash: "hash" } })).toBeUndefined();
      await expect(find({ ifSame: "refuse" })).rejects.toMatchObject({ code: "same_sweep_exists" });
    });

    it("writes a sweep whole or not at all", async () => {
      const sweep = plannedSweep();
      const known = plannedSweep({ name: "known" });
      await submit({ ifSame: "duplicate" }, known);
      const idempotency = { key: "key-1", requestHash: "hash" };
      const trials = [...sweep.trials.slice(0, -1), { ...sweep.trials.at(-1)!, id: known.trials[0]!.id }];
      await expect(submit({ ifSame: "join", idempotency }, { ...sweep, trials })).rejects.toThrow();
      await expect(harness.store.getSweep(sweep.id)).rejects.toMatchObject({ code: "not_found" });
      expect(await harness.store.getTrial(known.trials[0]!.id)).toMatchObject({ sweepId: known.id });
      expect(await submit({ ifSame: "join", idempotency }, sweep)).toMatchObject({ id: sweep.id, isReplay: false });
    });

    it("refuses what is there when it shall, and duplicates it when it shall", async () => {
      await submit({ ifSame: "refuse" });
      await expect(submit({ ifSame: "refuse" })).rejects.toMatchObject({ code: "same_sweep_exists" });
      expect(await submit({ ifSame: "duplicate" })).toMatchObject({ joined: false });
      expect(await sweeps()).toBe(2);
    });

    it("completes trials with the results of other sweeps, marked, with their reports", async () => {
      const origin = plannedSweep();
      await harness.store.createSweep(origin);
      await complete(origin, 0.77);
      const again = plannedSweep({ name: "again", cache: "use", seeds: [0, 1, 2] });
      expect(await harness.store.createSweep(again)).toMatchObject({ reused: 6, counts: { completed: 6, pending: 3 } });
      const trial = await harness.store.getTrial(again.trials[0]!.id);
      expect(trial).toMatchObject({ state: "completed", reusedFrom: origin.trials[0]!.id, attempts: 0 });
      expect([trial.metrics?.test.accuracy, trial.reports.length]).toEqual([0.77, 2]);
      // A result that was reused is reused from the trial that was trained.
      const third = plannedSweep({ name: "third", cache: "use" });
      expect(await harness.store.createSweep(third)).toMatchObject({ reused: 6, counts: { completed: 6 } });
      expect((await harness.store.getTrial(third.trials[0]!.id)).reusedFrom).toBe(origin.trials[0]!.id);
      expect((await harness.store.getSweep(third.id)).state).toBe("completed");
    });

    it("repeats the share that `verify` asks for and says how the repetition compares", async () => {
      const origin = plannedSweep();
      await harness.store.createSweep(origin);
      await complete(origin, 0.77);
      const audited = plannedSweep({ name: "audited", cache: "verify", verifyShare: 1 });
      await harness.store.createSweep(audited);
      const claims = await claimAll(harness.store, audited);
      const [wrong, ...others] = claims;
      await harness.store.acceptResults([acceptedResult(wrong!, 0.78)]);
      for (const claim of others) await harness.store.acceptResults([acceptedResult(claim, 0.77)]);
      expect((await harness.store.getSweep(audited.id)).audits).toEqual({ identical: 5, close: 0, different: 1 });
      expect((await harness.store.getTrial(wrong!.trialId)).audit).toMatchObject({ verdict: "different" });
      const some = plannedSweep({ name: "some", cache: "verify", verifyShare: 0.000001 });
      expect(await harness.store.createSweep(some)).toMatchObject({ reused: 5, counts: { pending: 1 } });
    });

    it("lets a small sweep behind a huge one be served next, and two of one priority take turns", async () => {
      const huge = plannedSweep({
        name: "huge",
        axes: { "smoothing.epsilon": Array.from({ length: 100 }, (_, i) => i / 200) },
      });
      await harness.store.createSweep(huge);
      const line: { sweepId: string; groupId: string; place: number }[] = [];
      const relay = () => harness.ledger.relayOutbox(1000, async (tokens) => void line.push(...tokens));
      await relay();
      const served = line
        .sort((left, right) => left.place - right.place)
        .splice(0, 10)
        .at(-1)!;
      const { groupId, place } = served;
      await harness.store.claimTrials({ groupId, place, workerId: "wrk_test", limit: 4, leaseMs: LEASE_MS });
      const small = plannedSweep({ name: "small" });
      await harness.store.createSweep(small);
      await relay();
      line.sort((left, right) => left.place - right.place);
      expect(line.slice(0, 3).map(({ sweepId }) => sweepId)).toEqual([small.id, huge.id, small.id]);
    });

    it("serves a sweep twice as often for each step of priority", async () => {
      const twelve = Array.from({ length: 12 }, (_, i) => i / 20);
      const many = (priority: number) =>
        plannedSweep({ priority, seeds: [0, 1], axes: { "smoothing.epsilon": twelve } });
      const [plain, urgent] = [many(0), many(1)];
      for (const sweep of [plain, urgent]) await harness.store.createSweep(sweep);
      const line: { sweepId: string; place: number }[] = [];
      await harness.ledger.relayOutbox(100, async (tokens) => void line.push(...tokens));
      const places = (sweep: PlannedSweep) =>
        line.filter(({ sweepId }) => sweepId === sweep.id).map(({ place }) => place);
      expect(places(plain)).toEqual([0, 16, 32, 48, 64, 80]);
      expect(places(urgent)).toEqual(places(plain).map((place) => place / 2));
      expect(groupsOf(plain)).toHaveLength(2);
    });
  });
}
