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
      const woken = new Promise<void>((resolve) => {
        harness.revocations.subscribe((sweepId) => sweepId === sweep.id && resolve());
      });
      await harness.control.apply(sweep.id, "cancel");
      await woken;
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

    it("refuses a sweep that does not exist, whatever is asked of it", async () => {
      const missing = { code: "not_found" };
      for (const verb of sweepVerbs) {
        await expect(apply(harness, "swp_none", verb)).rejects.toMatchObject(missing);
      }
      await expect(harness.control.delete("swp_none", "")).rejects.toMatchObject(missing);
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
  });
}

async function apply({ control }: StoreHarness, sweepId: string, verb: SweepVerb) {
  if (verb === "extend") return control.extend(sweepId, { seeds: [9], axes: {} });
  if (verb !== "delete") return control.apply(sweepId, verb);
  const { confirm } = await control.previewDeletion(sweepId);
  await control.delete(sweepId, confirm);
  return undefined;
}
