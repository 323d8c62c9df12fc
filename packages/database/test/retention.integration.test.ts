import { createHousekeeper, createTrialStore, type Database, openDatabase } from "@smoothsweep/database";
import type { PlannedSweep } from "@smoothsweep/sweeps";
import { acceptedResult, claimAll, freshDatabase, plannedSweep, type TestDatabase } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

type Predictions = { keep?: "all" | "pareto" | "none"; days?: number };

describe("what is kept for a time only", () => {
  let test: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    test = await freshDatabase();
    database = openDatabase({ url: test.url });
  });
  afterEach(async () => {
    await database.close();
    await test.drop();
  });

  const tidy = () => createHousekeeper(database).tidy();
  const kept = async () => {
    const { rows } = await database.pool.query("SELECT DISTINCT trial_id AS id FROM prediction ORDER BY 1");
    return rows.map(({ id }) => id as string);
  };
  /** A complete sweep whose trials are the more accurate the later their cell comes. */
  async function complete(
    predictions: Predictions,
    name = "kept",
    cache: "off" | "use" = "off",
  ): Promise<PlannedSweep> {
    const store = createTrialStore(database);
    const sweep = plannedSweep({ name, predictions, cache, axes: { "smoothing.epsilon": [0, 0.1, 0.2] }, seeds: [0] });
    await store.createSweep(sweep);
    for (let pack = await claimAll(store, sweep); pack.length > 0; pack = await claimAll(store, sweep)) {
      const accuracyOf = (id: string) => 0.8 + 0.05 * sweep.trials.findIndex((trial) => trial.id === id);
      await store.acceptResults(pack.map((claim) => acceptedResult(claim, accuracyOf(claim.trialId))));
    }
    return sweep;
  }

  it("are all predictions, those of the front when the sweep has ended, or none, as the sweep says", async () => {
    const all = await complete({ keep: "all" }, "all");
    const pareto = await complete({ keep: "pareto" }, "pareto");
    await complete({ keep: "none" }, "none");
    expect(await kept()).toHaveLength(6);
    expect(await tidy()).toMatchObject({ predictions: 2 });
    expect(await kept()).toEqual([...all.trials.map(({ id }) => id), pareto.trials[2]!.id].toSorted());
    expect(await tidy()).toMatchObject({ predictions: 0 });
  });

  it("are predictions until they are as old as the sweep says; results stay", async () => {
    const sweep = await complete({ days: 30 });
    expect(await tidy()).toMatchObject({ predictions: 0 });
    await database.pool.query("UPDATE result SET accepted_at = now() - interval '31 days'");
    expect(await tidy()).toMatchObject({ predictions: 3 });
    const { counts } = await createTrialStore(database).getSweep(sweep.id);
    expect([await kept(), counts.completed]).toEqual([[], 3]);
  });

  it("are not the predictions that a reused trial of another sweep shows", async () => {
    await complete({ keep: "pareto" });
    await complete({ keep: "all" }, "again", "use");
    expect(await tidy()).toMatchObject({ predictions: 0 });
    expect(await kept()).toHaveLength(3);
  });

  it("are idempotency keys for a week, and tokens until an hour after the sweep's end", async () => {
    const store = createTrialStore(database);
    await store.createSweep(plannedSweep(), { ifSame: "join", idempotency: { key: "old", requestHash: "x" } });
    await complete({});
    await database.pool.query("UPDATE outbox SET sent_at = now() - interval '2 hours'");
    expect(await tidy()).toEqual({ predictions: 0, submissions: 0, tokens: 0 });
    await database.pool.query("UPDATE submission SET created_at = now() - interval '8 days'");
    await database.pool.query("UPDATE sweep SET ended_at = now() - interval '2 hours' WHERE state = 'completed'");
    expect(await tidy()).toEqual({ predictions: 0, submissions: 1, tokens: 1 });
  });
});
