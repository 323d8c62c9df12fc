import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sweepDetailSchema, trialDetailSchema } from "@smoothsweep/contracts";
import {
  applyMigrations,
  createTrialStore,
  createWorkQueueLedger,
  type Database,
  openDatabase,
} from "@smoothsweep/database";
import { summariseCells } from "@smoothsweep/sweeps";
import { acceptedResult, freshDatabase, type TestDatabase } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SLICE_MIGRATION, sliceRows } from "./fixtures/sliceRows.ts";

const MIGRATIONS = "prisma/migrations";

/** A folder with the migrations up to one of them, as an earlier version had it. */
async function migrationsUpTo(last: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "smoothsweep-migrations-"));
  for (const name of await readdir(MIGRATIONS)) {
    if (/^\d/.test(name) && name > last) continue;
    await cp(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  }
  return folder;
}

describe("a database of the first release, with a sweep half done", () => {
  let test: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    test = await freshDatabase();
    database = openDatabase({ url: test.url });
    await database.pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    const folder = await migrationsUpTo(SLICE_MIGRATION);
    expect(await applyMigrations(test.url, folder)).toEqual([SLICE_MIGRATION]);
    await rm(folder, { recursive: true });
    for (const statement of sliceRows) await database.pool.query(statement);
    expect((await applyMigrations(test.url, MIGRATIONS)).length).toBeGreaterThan(0);
  });
  afterEach(async () => {
    await database.close();
    await test.drop();
  });

  it("is readable: specification with the settings it lacked, trials, metrics, reports, cells", async () => {
    const store = createTrialStore(database);
    const sweep = sweepDetailSchema.parse(await store.getSweep("swp_old"));
    expect(sweep).toMatchObject({
      state: "running",
      counts: { asked: 4, distinct: 3, completed: 1, running: 1, pending: 1 },
      spec: { priority: 0, retry: { attempts: 3, losses: 5 }, cache: "use", predictions: { keep: "all" } },
    });
    expect(Object.keys(sweep.spec.axes)).toEqual(["training.epochs", "smoothing.epsilon"]);
    const trial = trialDetailSchema.parse(await store.getTrial("trl_done"));
    expect(trial).toMatchObject({ state: "completed", cell: { "training.epochs": 2, "smoothing.epsilon": 0 } });
    expect([trial.metrics?.test.accuracy, trial.reports.length]).toEqual([0.9, 1]);
    const cells = summariseCells((await store.listCellTrials("swp_old", { limit: 100 })).items);
    expect(cells.map(({ completed, trials }) => [completed, trials])).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it("goes on: what waited is claimed with its plan, what was running comes back, and the sweep ends", async () => {
    const store = createTrialStore(database);
    const ledger = createWorkQueueLedger(database);
    expect(await ledger.mend({ orphanAfterMs: 60_000 })).toMatchObject({ expired: 1 });
    let done = 0;
    for (;;) {
      const pack = await store.claimTrials({ groupId: "grp_old", limit: 8, workerId: "wrk_new", leaseMs: 60_000 });
      if (pack.length === 0) break;
      expect(pack[0]).toMatchObject({ plan: { kind: "test plan" }, model: { kind: "mlp" }, training: { epochs: 2 } });
      for (const claim of pack) await store.acceptResults([acceptedResult(claim)]);
      done += pack.length;
    }
    expect(done).toBe(2);
    expect(await store.getSweep("swp_old")).toMatchObject({ state: "completed", counts: { completed: 3 } });
  });

  it("relays the tokens that were not sent, in their order", async () => {
    const places: number[] = [];
    await createWorkQueueLedger(database).relayOutbox(10, async (tokens) => {
      places.push(...tokens.map(({ place }) => place));
    });
    expect(places).toEqual([0, 16]);
  });
});
