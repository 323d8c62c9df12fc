import type { PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll, completeAll, type StoreHarness } from "./storeHarness.ts";

/** What deleting a sweep removes and what it leaves, for every adapter of {@link SweepControl}. */
export function deletionContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as SweepControl: delete`, () => {
    let harness: StoreHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());
    const shown = () => harness.store.getSweep(sweep.id);
    const remove = async (sweepId = sweep.id) =>
      harness.control.delete(sweepId, (await harness.control.previewDeletion(sweepId)).confirm);

    it("needs the token of a preview that still fits", async () => {
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

    it("keeps reused results, reports included, when the sweep they come from is deleted", async () => {
      const origin = plannedSweep();
      await harness.store.createSweep(origin);
      await completeAll(harness.store, origin, () => 0.77);
      const [second, third] = ["second", "third"].map((title) => plannedSweep({ name: title, cache: "use" }));
      for (const sweep of [second!, third!]) await harness.store.createSweep(sweep);
      const preview = await harness.control.previewDeletion(origin.id);
      expect(preview.reusedElsewhere).toBe(12);
      await harness.control.delete(origin.id, preview.confirm);
      for (const sweep of [second!, third!]) {
        const trial = await harness.store.getTrial(sweep.trials[0]!.id);
        expect([trial.state, trial.metrics?.test.accuracy, trial.reports.length]).toEqual(["completed", 0.77, 2]);
      }
      expect((await harness.store.getTrial(third!.trials[0]!.id)).reusedFrom).toBe(second!.trials[0]!.id);
    });

    it("hands predictions that a reused trial shows over to it", async () => {
      await completeAll(harness.store, sweep);
      const again = plannedSweep({ name: "again", cache: "use" });
      await harness.store.createSweep(again);
      const read = () => Promise.all(again.trials.map(({ id }) => harness.predictions.read(id, "test")));
      const before = await read();
      await remove();
      expect(await read()).toEqual(before);
      expect(before).not.toContain(null);
      // What was handed over belongs to the heir: it goes with it.
      expect((await harness.control.previewDeletion(again.id)).predictionBytes).toBe(6 * before[0]!.bytes.length);
    });

    it("lets an audit compare with the heir of the trial that it repeats, and with none when there is none", async () => {
      await completeAll(harness.store, sweep);
      const repeat = (title: string) => plannedSweep({ name: title, cache: "verify", verifyShare: 1 });
      const [audited, alone] = [repeat("audited"), repeat("alone")];
      await harness.store.createSweep(audited);
      const heir = plannedSweep({ name: "heir", cache: "use" });
      await harness.store.createSweep(heir);
      await remove();
      await completeAll(harness.store, audited);
      expect((await harness.store.getSweep(audited.id)).audits).toEqual({ identical: 6, close: 0, different: 0 });
      await harness.store.createSweep(alone);
      await remove(heir.id);
      await remove(audited.id);
      await completeAll(harness.store, alone);
      expect(await harness.store.getSweep(alone.id)).toMatchObject({
        ...{ state: "completed", audits: { identical: 0, close: 0, different: 0 } },
      });
    });

    it("leaves nothing: no sweep, trial, event, prediction, token or key", async () => {
      const idempotency = { key: "key-1", requestHash: "hash" };
      sweep = plannedSweep({ name: "gone" });
      await harness.store.createSweep(sweep, { ifSame: "duplicate", idempotency });
      const [claim] = await claimAll(harness.store, sweep);
      await harness.store.acceptResults([acceptedResult(claim!)]);
      await harness.control.apply(sweep.id, "cancel");
      await remove();
      const missing = { code: "not_found" };
      await expect(shown()).rejects.toMatchObject(missing);
      await expect(harness.store.getTrial(claim!.trialId)).rejects.toMatchObject(missing);
      await expect(harness.store.listTrials(sweep.id, { limit: 1 })).rejects.toMatchObject(missing);
      await expect(harness.feed.read(sweep.id, 0, 1)).rejects.toMatchObject(missing);
      expect(await harness.predictions.describe(claim!.trialId, "test")).toBeNull();
      expect(await harness.store.acceptResults([acceptedResult(claim!)])).toEqual([]);
      await harness.ledger.relayOutbox(100, async (tokens) => {
        expect(tokens.map(({ sweepId }) => sweepId)).not.toContain(sweep.id);
      });
      expect(await harness.store.findSubmission(sweep.specHash, { ifSame: "join", idempotency })).toBeUndefined();
    });
  });
}
