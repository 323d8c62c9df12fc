import type { PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll, completeAll, type StoreHarness } from "./storeHarness.ts";

/** What extending a sweep adds, for every adapter of {@link SweepControl}. */
export function extensionContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as SweepControl: extend`, () => {
    let harness: StoreHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());
    const shown = () => harness.store.getSweep(sweep.id);

    it("adds trials by seeds and values: they join the groups and the equivalents, results are kept", async () => {
      for (const claim of await claimAll(harness.store, sweep))
        await harness.store.acceptResults([acceptedResult(claim)]);
      const extension = { seeds: [0, 7], axes: { "smoothing.epsilon": [0.1, 0.2] } };
      const outcome = await harness.control.extend(sweep.id, extension);
      // 3 epsilons x 2 conventions x 3 seeds = 18 asked for, of which 8 were there; epsilon 0 has one plan: 15 distinct.
      expect(outcome).toMatchObject({ added: 10, changed: true, state: "running" });
      expect((await shown()).counts).toMatchObject({ asked: 18, distinct: 15, completed: 6, pending: 9 });
      expect((await claimAll(harness.store, sweep)).length).toBeGreaterThan(0);
      expect(await harness.control.extend(sweep.id, extension)).toMatchObject({ added: 0, changed: false });
    });

    it("tells beforehand what an extension would add, refuses what it would refuse, and changes nothing", async () => {
      const extension = { seeds: [0, 7], axes: { "smoothing.epsilon": [0.1, 0.2] } };
      const preview = await harness.control.previewExtension(sweep.id, extension);
      expect(preview).toEqual({ added: 10, distinct: 9, reusable: 0 });
      expect((await shown()).counts).toMatchObject({ asked: 8, distinct: 6 });
      const broken = { seeds: [], axes: { "smoothing.epsilon": [2] } };
      await expect(harness.control.previewExtension(sweep.id, broken)).rejects.toMatchObject({ code: "invalid_spec" });
      expect(await harness.control.extend(sweep.id, extension)).toMatchObject({ added: preview.added });
      expect(await harness.control.previewExtension(sweep.id, extension)).toMatchObject({ added: 0, distinct: 0 });
      await harness.control.apply(sweep.id, "cancel");
      const refused = { code: "verb_refused" };
      await expect(harness.control.previewExtension(sweep.id, extension)).rejects.toMatchObject(refused);
      await expect(harness.control.previewExtension("swp_none", extension)).rejects.toMatchObject({
        code: "not_found",
      });
    });

    it("tells how many trials of an extension have results in other sweeps, unless the sweep takes none", async () => {
      for (const claim of await claimAll(harness.store, sweep))
        await harness.store.acceptResults([acceptedResult(claim)]);
      for (const [cache, reusable] of [["use", 3] as const, ["off", 0] as const]) {
        const other = plannedSweep({ name: cache, cache, seeds: [0] });
        await harness.store.createSweep(other);
        const extension = { seeds: [1], axes: {} };
        expect(await harness.control.previewExtension(other.id, extension)).toMatchObject({ distinct: 3, reusable });
        expect(await harness.control.extend(other.id, extension)).toMatchObject({ reused: reusable });
      }
    });

    it("refuses trials whose teacher is not there, as a submission is refused; others it adds", async () => {
      const from = sweep.trials[0]!.id;
      const student = plannedSweep({
        name: "student",
        strategy: { kind: "distillation", from, temperature: 2, weight: 0.5 },
        axes: { "strategy.kind": ["distillation"] },
        seeds: [0],
      });
      await harness.store.createSweep(student);
      const moreSeeds = () => harness.control.extend(student.id, { seeds: [1], axes: {} });
      const issues = [expect.objectContaining({ path: "strategy.from", code: "invalid_value", value: from })];
      await expect(moreSeeds()).rejects.toMatchObject({ code: "invalid_spec", context: { issues } });
      const untaught = { seeds: [], axes: { "strategy.kind": ["none"] } };
      expect(await harness.control.extend(student.id, untaught)).toMatchObject({ added: 1 });
      const teacher = (await claimAll(harness.store, sweep)).find(({ trialId }) => trialId === from)!;
      const result = acceptedResult(teacher);
      const trainLogits = { ...result.predictions[0]!, split: "train" as const };
      await harness.store.acceptResults([{ ...result, predictions: [trainLogits] }]);
      expect(await moreSeeds()).toMatchObject({ added: 2 });
    });

    it("refuses an axis that the sweep does not vary, and by values that break a rule", async () => {
      const by = (axes: Record<string, number[]>) => harness.control.extend(sweep.id, { seeds: [], axes });
      await expect(by({ "training.epochs": [3] })).rejects.toMatchObject({ code: "invalid_request" });
      await expect(by({ constructor: [3] })).rejects.toMatchObject({ code: "invalid_request" });
      await expect(by({ "smoothing.epsilon": [2] })).rejects.toMatchObject({ code: "invalid_spec" });
    });

    it("starts nothing of a paused sweep until it is resumed, and then all of it", async () => {
      await harness.control.apply(sweep.id, "pause");
      expect(await harness.control.extend(sweep.id, { seeds: [7], axes: {} })).toMatchObject({
        state: "paused",
        added: 4,
      });
      expect(await claimAll(harness.store, sweep)).toEqual([]);
      await harness.ledger.relayOutbox(100, async () => {});
      await harness.control.apply(sweep.id, "resume");
      const groups = new Set<string>();
      await harness.ledger.relayOutbox(100, async (tokens) => {
        for (const { groupId } of tokens) groups.add(groupId);
      });
      expect(groups.size).toBe(3);
    });

    it("completes new trials with results of other sweeps, and a sweep that wants nothing else ends again", async () => {
      const other = plannedSweep({ name: "other", seeds: [7] });
      await harness.store.createSweep(other);
      await completeAll(harness.store, other, () => 0.77);
      sweep = plannedSweep({ name: "uses", cache: "use", seeds: [5] });
      await harness.store.createSweep(sweep);
      await completeAll(harness.store, sweep);
      const outcome = await harness.control.extend(sweep.id, { seeds: [7], axes: {} });
      expect(outcome).toMatchObject({ added: 4, reused: 3, state: "completed" });
      expect(await shown()).toMatchObject({ state: "completed", reused: 3, counts: { completed: 6 } });
    });

    it("makes it another specification: a submission of the old one is not joined, one of the new one is", async () => {
      await harness.control.extend(sweep.id, { seeds: [7], axes: {} });
      const { specHash, spec } = await shown();
      expect([specHash, spec.seeds]).toEqual([plannedSweep({ seeds: [0, 1, 7] }).specHash, [0, 1, 7]]);
      expect(await harness.store.findSubmission(sweep.specHash, { ifSame: "join" })).toBeUndefined();
      expect(await harness.store.findSubmission(specHash, { ifSame: "join" })).toMatchObject({ id: sweep.id });
    });

    it("adds to a sweep what two extensions ask for at once, each trial once", async () => {
      const by = (...seeds: number[]) => harness.control.extend(sweep.id, { seeds, axes: {} });
      const [one, other] = await Promise.all([by(7, 8), by(8, 9)]);
      expect(one.added + other.added).toBe(12);
      expect((await shown()).spec.seeds.toSorted()).toEqual([0, 1, 7, 8, 9]);
    });
  });
}
