import { exportRowSchemas } from "@smoothsweep/contracts";
import {
  type CellTrialPage,
  type PlannedSweep,
  type SweepControl,
  type SweepExporter,
  type SweepSnapshot,
  summariseCells,
  type TrialStore,
} from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll } from "./storeHarness.ts";

/** A store of its own for one test, and what reads sweeps out of it whole. */
export interface SweepExporterHarness {
  exporter: SweepExporter;
  store: TrialStore;
  control: SweepControl;
  /** Gives the sweep so many more completed trials, each with two epochs: more than any page holds. */
  fill(sweepId: string, like: string, trials: number): Promise<void>;
  /** Snapshots that are lent now. */
  lent(): Promise<number>;
  close(): Promise<void>;
}

/** The laws of {@link SweepExporter}, for every adapter. */
export function sweepExporterContract(name: string, open: () => Promise<SweepExporterHarness>): void {
  describe(`${name} as SweepExporter`, () => {
    let harness: SweepExporterHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());

    async function complete(): Promise<string> {
      const claims = await claimAll(harness.store, sweep);
      await harness.store.acceptResults(claims.map((claim, index) => acceptedResult(claim, 0.5 + index / 100)));
      return claims[0]!.trialId;
    }
    const read = <Row>(pagesOf: (snapshot: SweepSnapshot) => AsyncIterable<Row[]>) =>
      harness.exporter.withSnapshot(sweep.id, (snapshot) => all(pagesOf(snapshot)));
    const trials = () => read((snapshot) => snapshot.trials());
    const cells = () => read((snapshot) => snapshot.cells());
    const reports = () => read((snapshot) => snapshot.reports());

    it("gives every trial once and by ordinal, as the store shows it, with what computed it", async () => {
      await complete();
      const rows = (await trials()).map((row) => exportRowSchemas.trials.parse(row));
      const { items } = await harness.store.listTrials(sweep.id, { limit: 100 });
      expect(rows.map(({ provenance: _, ...trial }) => trial)).toEqual(items);
      expect(rows.map(({ provenance }) => provenance)).toEqual(rows.map(() => ({ host: "test" })));
    });

    it("gives the cells as they are summarised from all their trials", async () => {
      await complete();
      const page: CellTrialPage = await harness.store.listCellTrials(sweep.id, { limit: 100 });
      expect(await cells()).toEqual(summariseCells(page.items));
    });

    it("gives every epoch of every trial that is trained, by ordinal and epoch, and none of equivalents", async () => {
      await complete();
      const rows = (await reports()).map((row) => exportRowSchemas.reports.parse(row));
      const trained = sweep.trials.filter(({ representativeId }) => representativeId === null);
      expect(rows.map(({ trialId, report }) => [trialId, report.epoch])).toEqual(
        trained.flatMap(({ id }) => [
          [id, 1],
          [id, 2],
        ]),
      );
    });

    it("gives the epochs of the attempt that made a reused result", async () => {
      await complete();
      const again = plannedSweep({ name: "again", cache: "use" });
      await harness.store.createSweep(again);
      sweep = again;
      const rows = await reports();
      expect(rows.map(({ report }) => report.epoch)).toEqual(Array(6).fill([1, 2]).flat());
      expect(new Set(rows.map(({ reusedFrom }) => reusedFrom)).size).toBe(6);
    });

    it("gives what is pending as well, without metrics", async () => {
      expect((await trials()).map(({ state, metrics }) => [state, metrics])).toEqual(Array(8).fill(["pending", null]));
      expect([await reports(), (await cells()).length]).toEqual([[], 4]);
    });

    it("loses and repeats nothing over many pages", async () => {
      await harness.fill(sweep.id, await complete(), 2500);
      const ordinals = (await trials()).map(({ ordinal }) => ordinal);
      expect(ordinals).toEqual(ordinals.toSorted((one, other) => one - other));
      expect([ordinals.length, new Set(ordinals).size]).toEqual([2508, 2508]);
      const epochs = (await reports()).map(({ ordinal, report }) => `${ordinal} ${report.epoch}`);
      expect([epochs.length, new Set(epochs).size]).toEqual([5012, 5012]);
      expect(new Set((await cells()).map(({ id }) => id)).size).toBe(254);
    });

    it("is of one moment: what happens while it is read is not in it, not even the sweep's deletion", async () => {
      await complete();
      await harness.exporter.withSnapshot(sweep.id, async (snapshot) => {
        await harness.control.extend(sweep.id, { seeds: [7], axes: {} });
        expect((await all(snapshot.trials())).length).toBe(8);
        await harness.control.apply(sweep.id, "cancel");
        await harness.control.delete(sweep.id, (await harness.control.previewDeletion(sweep.id)).confirm);
        expect((await all(snapshot.cells())).map(({ trials }) => trials)).toEqual([2, 2, 2, 2]);
        expect((await all(snapshot.reports())).length).toBe(12);
        expect(snapshot.sweep.counts).toMatchObject({ asked: 8, completed: 6 });
      });
      await expect(trials()).rejects.toMatchObject({ code: "not_found" });
    });

    it("costs nothing afterwards, however its use ended, also when it was left in the middle", async () => {
      await harness.fill(sweep.id, await complete(), 1000);
      const enough = new Error("enough");
      const leave = harness.exporter.withSnapshot(sweep.id, async (snapshot) => {
        expect(await harness.lent()).toBe(1);
        for await (const page of snapshot.trials()) {
          expect(page.length).toBeLessThan(1008);
          throw enough;
        }
      });
      await expect(leave).rejects.toBe(enough);
      expect(await harness.lent()).toBe(0);
    });
  });
}

async function all<Row>(pages: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}
