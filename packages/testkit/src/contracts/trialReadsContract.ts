import type { CellTrialPage, PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll, completeAll, type StoreHarness } from "./storeHarness.ts";

/** What is shown of sweeps and trials, for every adapter of {@link TrialStore}. */
export function trialReadsContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as TrialStore: what is shown`, () => {
    let harness: StoreHarness;
    let sweep: PlannedSweep;
    beforeEach(async () => {
      harness = await open();
      sweep = plannedSweep();
      await harness.store.createSweep(sweep);
    });
    afterEach(() => harness.close());

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

    it("ends a page of cells before it has more than 5,000 trials", async () => {
      const seeds = Array.from({ length: 2001 }, (_, seed) => seed);
      const wide = plannedSweep({ name: "wide", seeds, axes: { "smoothing.epsilon": [0, 0.1, 0.2] } });
      await harness.store.createSweep(wide);
      const first = await harness.store.listCellTrials(wide.id, { limit: 3 });
      const second = await harness.store.listCellTrials(wide.id, { limit: 3, cursor: first.nextCursor ?? undefined });
      expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2 * 2001, 2001, null]);
    });

    it("has no cells after the last one, and none of a sweep that is not there", async () => {
      const { nextCursor } = await harness.store.listCellTrials(sweep.id, { limit: 4 });
      expect(nextCursor).toBeNull();
      const none = harness.store.listCellTrials("swp_none", { limit: 4 });
      await expect(none).rejects.toMatchObject({ code: "not_found" });
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

    it("shows trials in one state, equivalents in that of their representative", async () => {
      const [first] = await claimAll(harness.store, sweep, 1);
      await harness.store.acceptResults([acceptedResult(first!)]);
      const { items } = await harness.store.listTrials(sweep.id, { limit: 10, state: "completed" });
      const shown = sweep.trials.filter(({ id, representativeId }) => [id, representativeId].includes(first!.trialId));
      expect(items.map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
      expect(shown).toHaveLength(2);
    });

    it("shows what cells are summarised from, equivalents with the result and the cell of their representative", async () => {
      await completeAll(harness.store, sweep);
      const { items: shown } = await harness.store.listCellTrials(sweep.id, { limit: 100 });
      expect(shown.map(({ trialId }) => trialId)).toEqual(sweep.trials.map(({ id }) => id));
      for (const { trialId, cellId, representativeCellId, state, metrics, ...rest } of shown) {
        const planned = sweep.trials.find(({ id }) => id === trialId)!;
        const owner = sweep.trials.find(({ id }) => id === planned.representativeId) ?? planned;
        expect([cellId, representativeCellId, state]).toEqual([planned.cell.id, owner.cell.id, "completed"]);
        expect(metrics).toEqual(acceptedResult({ trialId, token: 1 }).metrics);
        expect(rest).toMatchObject({ isReused: false, verdict: null });
      }
    });

    it("lists archived sweeps, others, or all of them", async () => {
      const other = plannedSweep({ name: "archived" });
      await harness.store.createSweep(other);
      await harness.control.apply(other.id, "cancel");
      await harness.control.apply(other.id, "archive");
      const listed = async (archived?: "no" | "only" | "all") =>
        (await harness.store.listSweeps({ limit: 10, archived })).items.map(({ id }) => id);
      expect([await listed("no"), await listed("only")]).toEqual([[sweep.id], [other.id]]);
      expect([await listed("all"), await listed()]).toEqual([
        [other.id, sweep.id],
        [other.id, sweep.id],
      ]);
    });

    it("gives copies: changing what was given or read changes nothing", async () => {
      const spec = structuredClone(sweep.spec);
      sweep.spec.name = "changed";
      const read = await harness.store.getSweep(sweep.id);
      read.spec.seeds.push(99);
      const [claim] = await claimAll(harness.store, sweep);
      const result = acceptedResult(claim!);
      await harness.store.acceptResults([result]);
      result.metrics.test.accuracy = 0;
      (await harness.store.getTrial(claim!.trialId)).metrics!.test.accuracy = 0;
      expect((await harness.store.getSweep(sweep.id)).spec).toEqual(spec);
      expect((await harness.store.getTrial(claim!.trialId)).metrics).toEqual(acceptedResult(claim!).metrics);
    });
  });
}
