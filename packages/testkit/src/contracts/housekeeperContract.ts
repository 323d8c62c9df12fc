import type { SweepSpecInput } from "@smoothsweep/contracts";
import type { PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { completeAll, DAY_MS, HOUR_MS, type StoreHarness } from "./storeHarness.ts";

/** The laws of {@link Housekeeper}, for every adapter: what is kept for a time only. */
export function housekeeperContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as Housekeeper: what is kept for a time only`, () => {
    let harness: StoreHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    const tidy = () => harness.housekeeper.tidy();
    /** Trials of these sweeps whose predictions can be read. */
    const kept = async (...sweeps: PlannedSweep[]) => {
      const ids = sweeps.flatMap(({ trials }) => trials.map(({ id }) => id));
      const blobs = await Promise.all(ids.map((id) => harness.predictions.read(id, "test")));
      return ids.filter((_, index) => blobs[index] !== null);
    };
    /** A complete sweep of three trials that are the more accurate the later their cell comes. */
    const complete = async (changes: Partial<SweepSpecInput> = {}): Promise<PlannedSweep> => {
      const sweep = plannedSweep({ axes: { "smoothing.epsilon": [0, 0.1, 0.2] }, seeds: [0], ...changes });
      await harness.store.createSweep(sweep);
      await completeAll(
        harness.store,
        sweep,
        (trialId) => 0.8 + 0.05 * sweep.trials.findIndex(({ id }) => id === trialId),
      );
      return sweep;
    };

    it("are all predictions, those of the front when the sweep has ended, or none, as the sweep says", async () => {
      const all = await complete({ name: "all", predictions: { keep: "all" } });
      const pareto = await complete({ name: "pareto", predictions: { keep: "pareto" } });
      const none = await complete({ name: "none", predictions: { keep: "none" } });
      expect(await kept(all, pareto, none)).toHaveLength(6);
      expect(await tidy()).toMatchObject({ predictions: 2 });
      expect(await kept(all, pareto, none)).toEqual([...all.trials.map(({ id }) => id), pareto.trials[2]!.id]);
      expect(await tidy()).toMatchObject({ predictions: 0 });
    });

    it("are predictions of the front again when a sweep goes on and ends once more", async () => {
      const sweep = await complete({ predictions: { keep: "pareto" } });
      await tidy();
      await harness.control.extend(sweep.id, { seeds: [], axes: { "smoothing.epsilon": [0.3] } });
      expect(await tidy()).toMatchObject({ predictions: 0 });
      await completeAll(harness.store, sweep, () => 0.99);
      expect(await tidy()).toMatchObject({ predictions: 1 });
    });

    it("are those of every sweep that has ended, however many there are", async () => {
      for (let count = 0; count < 12; count++) await complete({ name: `${count}`, predictions: { keep: "pareto" } });
      expect(await tidy()).toMatchObject({ predictions: 24 });
      expect(await tidy()).toMatchObject({ predictions: 0 });
    });

    it("are predictions until they are as old as the sweep says; results stay", async () => {
      const sweep = await complete({ predictions: { days: 30 } });
      await harness.passTime(29 * DAY_MS);
      expect(await tidy()).toMatchObject({ predictions: 0 });
      await harness.passTime(2 * DAY_MS);
      expect(await tidy()).toMatchObject({ predictions: 3 });
      const { counts } = await harness.store.getSweep(sweep.id);
      expect([await kept(sweep), counts.completed]).toEqual([[], 3]);
    });

    it("are not the predictions that a reused trial of another sweep shows, until that one is deleted", async () => {
      const origin = await complete({ predictions: { keep: "pareto", days: 30 } });
      const again = await complete({ name: "again", cache: "use" });
      await harness.passTime(31 * DAY_MS);
      expect(await tidy()).toMatchObject({ predictions: 0 });
      expect(await kept(origin, again)).toHaveLength(6);
      await harness.control.delete(again.id, (await harness.control.previewDeletion(again.id)).confirm);
      expect(await tidy()).toMatchObject({ predictions: 3 });
    });

    it("are idempotency keys for a week", async () => {
      const submit = () =>
        harness.store.createSweep(plannedSweep(), {
          ifSame: "duplicate",
          idempotency: { key: "a", requestHash: "x" },
        });
      const { id } = await submit();
      await harness.passTime(6 * DAY_MS);
      expect(await tidy()).toMatchObject({ submissions: 0 });
      expect(await submit()).toMatchObject({ id, isReplay: true });
      await harness.passTime(2 * DAY_MS);
      expect(await tidy()).toMatchObject({ submissions: 1 });
      expect(await submit()).toMatchObject({ isReplay: false });
    });

    it("are tokens that were sent until an hour after the end of their sweep", async () => {
      await harness.store.createSweep(plannedSweep({ name: "runs" }));
      await harness.ledger.relayOutbox(100, async () => {});
      await complete();
      await harness.ledger.relayOutbox(100, async () => {});
      expect(await tidy()).toMatchObject({ tokens: 0 });
      await harness.passTime(2 * HOUR_MS);
      expect([await tidy(), await tidy()]).toMatchObject([{ tokens: 1 }, { tokens: 0 }]);
    });
  });
}
