import { createTrialStore, createWorkerRegistry, openDatabase } from "@smoothsweep/database";
import { type TrialStore, WORKER_PROTOCOL, type WorkerRegistry } from "@smoothsweep/sweeps";
import { freshDatabase, plannedSweep, testEngine } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** Two groups of three distinct trials. */
const sweep = plannedSweep();
const [first, second] = [...new Set(sweep.trials.map(({ groupId }) => groupId))] as [string, string];

let registry: WorkerRegistry;
let store: TrialStore;
let query: (sql: string) => Promise<unknown>;
let close: () => Promise<void>;
beforeEach(async () => {
  const test = await freshDatabase();
  const database = openDatabase({ url: test.url });
  registry = createWorkerRegistry(database);
  store = createTrialStore(database);
  query = (sql) => database.pool.query(sql);
  close = async () => {
    await database.close();
    await test.drop();
  };
  await store.createSweep(sweep);
});
afterEach(() => close());

const register = (id: string) =>
  registry.register({
    id,
    host: "here",
    pid: 1,
    version: "0",
    engine: testEngine,
    packCapacity: 8,
    protocol: WORKER_PROTOCOL,
    memoryBytes: null,
  });
const claimed = async (groupId: string, limit = 8) =>
  (await store.claimTrials({ groupId, limit, workerId: "wrk_one", leaseMs: 60_000 })).length;

describe("claims", () => {
  it("are at most an even share of what waits, so that the last packs are small and workers end together", async () => {
    await register("wrk_one");
    await register("wrk_two");
    expect([await claimed(first), await claimed(second), await claimed(second)]).toEqual([3, 2, 1]);
  });

  it("are whole packs while enough waits for everyone", async () => {
    await register("wrk_one");
    await register("wrk_two");
    expect([await claimed(first, 2), await claimed(second, 2)]).toEqual([2, 2]);
  });

  it("leave no share to workers that have ended or were not seen for long", async () => {
    for (const id of ["wrk_one", "wrk_ended", "wrk_silent"]) await register(id);
    await registry.retire("wrk_ended");
    await query("UPDATE worker SET seen_at = now() - interval '1 minute' WHERE id = 'wrk_silent'");
    expect([await claimed(first), await claimed(second)]).toEqual([3, 3]);
  });

  it("leave no share to trials of a sweep that does not run", async () => {
    await register("wrk_one");
    await register("wrk_two");
    await store.createSweep(plannedSweep({ name: "ended" }));
    await query("UPDATE sweep SET state = 'cancelled' WHERE name = 'ended'");
    expect([await claimed(first), await claimed(second)]).toEqual([3, 2]);
  });
});
