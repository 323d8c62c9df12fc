import type { PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep, testSnapshot } from "../factories/sweepFactory.ts";
import { claimAll, type StoreHarness } from "./storeHarness.ts";

/** The laws of {@link PredictionStore}, for every adapter. Factories' results have logits of test rows only. */
export function predictionStoreContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as PredictionStore`, () => {
    let harness: StoreHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());
    const complete = async () => {
      const claims = await claimAll(harness.store, sweep);
      await harness.store.acceptResults(claims.map((claim) => acceptedResult(claim)));
      return claims;
    };
    const read = (trialId: string, split: "test" | "validation" = "test") => harness.predictions.read(trialId, split);
    const describeOf = (trialId: string, split: "test" | "validation" = "test") =>
      harness.predictions.describe(trialId, split);
    const [stored] = acceptedResult({ trialId: "any", token: 1 }).predictions;
    const described = { snapshotId: testSnapshot.id, size: { rows: stored!.rows, classCount: stored!.classCount } };
    const nothing = { snapshotId: testSnapshot.id, size: null };

    it("gives the logits that a result came with, byte for byte, and describes them", async () => {
      const [first] = await complete();
      expect(await read(first!.trialId)).toEqual(stored);
      expect(await describeOf(first!.trialId)).toEqual(described);
    });

    it("has nothing of a trial without a result, and of a split that came without logits", async () => {
      const { id } = sweep.trials[0]!;
      expect([await read(id), await describeOf(id)]).toEqual([null, nothing]);
      await complete();
      expect([await read(id, "validation"), await describeOf(id, "validation")]).toEqual([null, nothing]);
    });

    it("knows nothing of a trial that does not exist", async () => {
      expect([await read("trl_none"), await describeOf("trl_none")]).toEqual([null, null]);
    });

    it("shows those of its representative for an equivalent", async () => {
      const equivalent = sweep.trials.find(({ representativeId }) => representativeId !== null)!;
      expect(await describeOf(equivalent.id)).toEqual(nothing);
      await complete();
      expect([await read(equivalent.id), await describeOf(equivalent.id)]).toEqual([stored, described]);
    });

    it("shows those of the trial that was trained for one that reuses its result", async () => {
      await complete();
      const again = plannedSweep({ name: "again", cache: "use" });
      expect(await harness.store.createSweep(again)).toMatchObject({ reused: 6 });
      for (const { id } of again.trials) expect([await read(id), await describeOf(id)]).toEqual([stored, described]);
    });

    it("never changes what was stored: not when the result is sent again, not by who has read it", async () => {
      const [first] = await complete();
      const other = { ...stored!, bytes: new Uint8Array([9, 9, 9, 9]) };
      await harness.store.acceptResults([{ ...acceptedResult(first!), predictions: [other] }]);
      (await read(first!.trialId))!.bytes.fill(0);
      expect(await read(first!.trialId)).toEqual(stored);
    });

    it("keeps nothing for a sweep that keeps no predictions", async () => {
      sweep = plannedSweep({ name: "lean", predictions: { keep: "none" } });
      await harness.store.createSweep(sweep);
      const [first] = await complete();
      expect([await read(first!.trialId), await describeOf(first!.trialId)]).toEqual([null, nothing]);
    });
  });
}
