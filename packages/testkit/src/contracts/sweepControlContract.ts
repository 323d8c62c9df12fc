import { type SweepState, type SweepVerb, sweepVerbs } from "@smoothsweep/contracts";
import { type LifecycleState, lifecycleStates, type PlannedSweep } from "@smoothsweep/sweeps";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll, type StoreHarness } from "./storeHarness.ts";
import { sweepIn } from "./sweepIn.ts";

/** What every verb does in every state, as users see it: the state afterwards, `same`, or `refused`. */
const table: Record<SweepVerb, Record<LifecycleState, SweepState | "same" | "refused" | "archived" | "gone">> = {
  pause: row("paused", "same", "refused", "refused", "refused", "refused", "refused", "refused"),
  resume: row("same", "running", "refused", "refused", "refused", "refused", "refused", "refused"),
  stop: row("stopping", "stopped", "same", "refused", "refused", "same", "refused", "refused"),
  cancel: row("cancelled", "cancelled", "cancelled", "refused", "refused", "refused", "same", "refused"),
  retry: row("same", "same", "refused", "same", "running", "running", "running", "refused"),
  extend: row("running", "paused", "refused", "running", "running", "refused", "refused", "refused"),
  archive: row("refused", "refused", "refused", "archived", "archived", "archived", "archived", "same"),
  unarchive: row("same", "same", "same", "same", "same", "same", "same", "completed"),
  delete: row("refused", "refused", "refused", "gone", "gone", "gone", "gone", "gone"),
};

function row<T>(...outcomes: [T, T, T, T, T, T, T, T]): Record<LifecycleState, T> {
  return Object.fromEntries(lifecycleStates.map((state, index) => [state, outcomes[index]])) as Record<
    LifecycleState,
    T
  >;
}

/** The laws of {@link SweepControl}, for every adapter. */
export function sweepControlContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as SweepControl: the state table`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness.close());

    const cases = sweepVerbs.flatMap((verb) =>
      lifecycleStates.map((state) => [verb, state, table[verb][state]] as const),
    );
    it.each(cases)("%s of a sweep that is %s: %s", async (verb, state, expected) => {
      const sweep = await sweepIn(harness, state);
      if (expected === "refused") {
        const before = await harness.store.getSweep(sweep.id);
        await expect(apply(harness, sweep.id, verb)).rejects.toMatchObject({ code: "verb_refused" });
        expect(await harness.store.getSweep(sweep.id)).toMatchObject({ state: before.state, counts: before.counts });
        return;
      }
      const outcome = await apply(harness, sweep.id, verb);
      if (expected === "gone") {
        await expect(harness.store.getSweep(sweep.id)).rejects.toMatchObject({ code: "not_found" });
        return;
      }
      expect(outcome).toMatchObject({ changed: expected !== "same" });
      const shown = await harness.store.getSweep(sweep.id);
      expect(shown.archivedAt !== null).toBe(expected === "archived" || (expected === "same" && state === "archived"));
      if (expected !== "same" && expected !== "archived") expect(shown.state).toBe(expected);
      expect(await apply(harness, sweep.id, verb)).toMatchObject({ changed: false, trials: 0 });
    });
  });

  describe(`${name} as SweepControl`, () => {
    let harness: StoreHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());
    const shown = () => harness.store.getSweep(sweep.id);

    it.each(["pause", "stop", "cancel"] as const)("yields nothing to claim after %s", async (verb) => {
      await harness.control.apply(sweep.id, verb);
      expect(await claimAll(harness.store, sweep)).toEqual([]);
    });

    it("lets running trials finish after a pause, and goes on after resume with new tokens", async () => {
      await harness.ledger.relayOutbox(100, async () => {});
      const [running] = await claimAll(harness.store, sweep, 1);
      await harness.control.apply(sweep.id, "pause");
      await harness.store.acceptResults([acceptedResult(running!)]);
      expect(await shown()).toMatchObject({ state: "paused", counts: { completed: 1 } });
      await harness.control.apply(sweep.id, "resume");
      const generations: number[] = [];
      await harness.ledger.relayOutbox(
        100,
        async (tokens) => void generations.push(...tokens.map((token) => token.generation)),
      );
      expect(new Set(generations)).toEqual(new Set([1]));
      expect(await claimAll(harness.store, sweep)).toHaveLength(4);
    });

    it("ends as stopped when the running trials have ended; what was handed back meanwhile is cancelled", async () => {
      const [one, other] = await claimAll(harness.store, sweep, 1);
      await harness.control.apply(sweep.id, "stop");
      expect(await shown()).toMatchObject({ state: "stopping", counts: { running: 2, cancelled: 4, pending: 0 } });
      await harness.store.returnTrials([other!], "the worker drains");
      await harness.store.acceptResults([acceptedResult(one!)]);
      expect(await shown()).toMatchObject({ state: "stopped", counts: { completed: 1, cancelled: 5 } });
      const { items } = await harness.store.listTrials(sweep.id, { limit: 10, state: "cancelled" });
      expect(new Set(items.map(({ failure }) => failure?.code))).toEqual(new Set(["sweep_stopped"]));
    });

    it("voids every claim when it cancels, and wakes who holds them", async () => {
      const claims = await claimAll(harness.store, sweep);
      const woken = new Promise<string | undefined>((resolve) => harness.revocations.subscribe(resolve));
      await harness.control.apply(sweep.id, "cancel");
      expect(await woken).toBe(sweep.id);
      expect(await harness.store.renewLeases(claims, 60_000)).toEqual([]);
      expect(await harness.store.acceptResults([acceptedResult(claims[0]!)])).toEqual([]);
      expect((await shown()).counts).toMatchObject({ cancelled: 6, running: 0 });
      expect((await harness.store.getTrial(claims[0]!.trialId)).failure).toMatchObject({ code: "sweep_cancelled" });
    });

    it("gives every trial to either its result or the cancellation when both come at once", async () => {
      const claims = await claimAll(harness.store, sweep);
      const [, ...answers] = await Promise.all([
        // When every result was faster, the sweep has ended.
        harness.control
          .apply(sweep.id, "cancel")
          .catch((error) => expect(error).toMatchObject({ code: "verb_refused" })),
        ...claims.map((claim) => harness.store.acceptResults([acceptedResult(claim)])),
      ]);
      const accepted = answers.flat().length;
      expect((await shown()).counts).toMatchObject({
        completed: accepted,
        cancelled: 6 - accepted,
        running: 0,
        pending: 0,
      });
    });

    it("takes up failed and cancelled trials again, and keeps the results", async () => {
      const claims = await claimAll(harness.store, sweep);
      await harness.store.acceptResults([acceptedResult(claims[0]!)]);
      await harness.control.apply(sweep.id, "cancel");
      expect(await harness.control.apply(sweep.id, "retry")).toMatchObject({ state: "running", trials: 5 });
      const again = await claimAll(harness.store, sweep);
      for (const claim of again) await harness.store.acceptResults([acceptedResult(claim)]);
      expect(await shown()).toMatchObject({ state: "completed", counts: { completed: 6 } });
    });

    it("extends by seeds and values: new trials join the groups and the equivalents, results are kept", async () => {
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

    it("refuses to extend by trials whose teacher is not there, as a submission is refused; others it adds", async () => {
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

    it("refuses to extend by an axis that the sweep does not vary, and by values that break a rule", async () => {
      const by = (axes: Record<string, number[]>) => harness.control.extend(sweep.id, { seeds: [], axes });
      await expect(by({ "training.epochs": [3] })).rejects.toMatchObject({ code: "invalid_request" });
      await expect(by({ constructor: [3] })).rejects.toMatchObject({ code: "invalid_request" });
      await expect(by({ "smoothing.epsilon": [2] })).rejects.toMatchObject({ code: "invalid_spec" });
    });

    it("deletes only with the token of a preview that still fits", async () => {
      await harness.control.apply(sweep.id, "cancel");
      const { confirm, trials } = await harness.control.previewDeletion(sweep.id);
      expect(trials).toBe(8);
      await harness.control.apply(sweep.id, "retry");
      await harness.control.apply(sweep.id, "cancel");
      const mismatch = { code: "confirmation_mismatch" };
      await expect(harness.control.delete(sweep.id, confirm)).rejects.toMatchObject(mismatch);
      await expect(harness.control.delete(sweep.id, "")).rejects.toMatchObject(mismatch);
      expect(await shown()).toMatchObject({ state: "cancelled" });
    });
  });
}

async function apply({ control }: StoreHarness, sweepId: string, verb: SweepVerb) {
  if (verb === "extend") return control.extend(sweepId, { seeds: [9], axes: {} });
  if (verb !== "delete") return control.apply(sweepId, verb);
  const { confirm } = await control.previewDeletion(sweepId);
  await control.delete(sweepId, confirm);
  return undefined;
}
