import { createEventFeed, createTrialStore, type Database, openDatabase } from "@smoothsweep/database";
import { acceptedResult, freshDatabase, plannedSweep } from "@smoothsweep/testkit";
import { startTcpProxy } from "@smoothsweep/testkit/faults";
import { describe, expect, it } from "vitest";

/** A short patience, so that the tests need none. */
const STATEMENT_TIMEOUT_MS = 500;

async function proxied(databaseUrl: string) {
  const url = new URL(databaseUrl);
  const upstream = { host: url.hostname, port: Number(url.port) };
  const proxy = await startTcpProxy(() => upstream);
  url.port = `${proxy.port}`;
  return { proxy, url: url.toString() };
}

const LOCK = 7;

/** Makes transactions that write into a table wait in their commit. @returns what lets them go on */
async function holdCommits({ pool }: Database, table: "attempt" | "result"): Promise<() => Promise<void>> {
  const holder = await pool.connect();
  await holder.query("SELECT pg_advisory_lock($1)", [LOCK]);
  await holder.query(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK}); RETURN NULL; END $$`);
  await holder.query(`CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON ${table} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hold()`);
  return async () => {
    await holder.query("SELECT pg_advisory_unlock($1)", [LOCK]);
    holder.release();
  };
}

async function waitingCommits({ pool }: Database): Promise<number> {
  const { rows } = await pool.query("SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
  return rows[0].count;
}

describe("a connection that is dead without a word", () => {
  it("is given up after a statement's time, and what it had locked is free again", async () => {
    const test = await freshDatabase();
    const { proxy, url } = await proxied(test.url);
    const behindProxy = openDatabase({ url, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    const direct = openDatabase({ url: test.url });
    await direct.pool.query("CREATE TABLE thing (id int PRIMARY KEY, value int)");
    await direct.pool.query("INSERT INTO thing VALUES (1, 0)");
    const lost = behindProxy.prisma.$transaction(
      async (sql) => {
        await sql.$executeRawUnsafe("UPDATE thing SET value = 1");
        proxy.silence();
        await sql.$executeRawUnsafe("UPDATE thing SET value = 2");
      },
      { timeout: 30_000 },
    );
    await expect(lost).rejects.toThrow();
    proxy.heal();
    await expect
      .poll(() => direct.pool.query("UPDATE thing SET value = value + 10 RETURNING value").then(({ rows }) => rows))
      .toEqual([{ value: 10 }]);
    await behindProxy.ping();
    await Promise.all([behindProxy.close(), direct.close()]);
    await proxy.close();
    await test.drop();
  });

  it("is database_unavailable to who waits for it, and the next one works", async () => {
    const test = await freshDatabase();
    const { proxy, url } = await proxied(test.url);
    const database = openDatabase({ url, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    const store = createTrialStore(database);
    await store.listSweeps({ limit: 1 });
    proxy.silence();
    await expect(store.listSweeps({ limit: 1 })).rejects.toMatchObject({ code: "database_unavailable" });
    proxy.heal();
    await expect(store.listSweeps({ limit: 1 })).resolves.toMatchObject({ items: [] });
    await database.close();
    await proxy.close();
    await test.drop();
  });

  it("is noticed by the event feed, which listens on another one", async () => {
    const test = await freshDatabase();
    const { proxy, url } = await proxied(test.url);
    const [behindProxy, direct] = [openDatabase({ url }), openDatabase({ url: test.url })];
    const feed = await createEventFeed(behindProxy, { silenceMs: 1_000 });
    let wakes = 0;
    feed.onOutbox(() => {
      wakes += 1;
    });
    proxy.silence();
    proxy.heal();
    await expect
      .poll(() => direct.pool.query("NOTIFY smoothsweep_outbox").then(() => wakes), { timeout: 10_000 })
      .toBeGreaterThan(0);
    await feed.close();
    await Promise.all([behindProxy.close(), direct.close()]);
    await proxy.close();
    await test.drop();
  });
});

describe("a claim whose answer was lost", () => {
  it("is given again to who asks again, with the same tokens: nothing is held that nobody knows of", async () => {
    const test = await freshDatabase();
    const { proxy, url } = await proxied(test.url);
    const behindProxy = openDatabase({ url, statementTimeoutMs: 4 * STATEMENT_TIMEOUT_MS });
    const direct = openDatabase({ url: test.url });
    const [store, sweep] = [createTrialStore(behindProxy), plannedSweep()];
    await store.createSweep(sweep);
    const groupId = sweep.trials[0]!.groupId;
    const request = { groupId, workerId: "wrk_test", limit: 2, leaseMs: 60_000, requestId: "asked" };
    const letCommit = await holdCommits(direct, "attempt");
    const first = store.claimTrials(request);
    await expect.poll(() => waitingCommits(direct), { interval: 20 }).toBe(1);
    proxy.deafen();
    await letCommit();
    await expect(first).rejects.toMatchObject({ code: "database_unavailable" });
    proxy.heal();
    expect((await store.claimTrials(request)).map(({ token }) => token)).toEqual([1, 1]);
    expect(await store.getSweep(sweep.id)).toMatchObject({ counts: { running: 2 } });
    await Promise.all([behindProxy.close(), direct.close()]);
    await proxy.close();
    await test.drop();
  });
});

describe("an acceptance whose answer was lost", () => {
  it("counts once, and saying it again is not refused", async () => {
    const test = await freshDatabase();
    const { proxy, url } = await proxied(test.url);
    const behindProxy = openDatabase({ url, statementTimeoutMs: 4 * STATEMENT_TIMEOUT_MS });
    const direct = openDatabase({ url: test.url });
    const [store, sweep] = [createTrialStore(behindProxy), plannedSweep()];
    await store.createSweep(sweep);
    const groupId = sweep.trials[0]!.groupId;
    const [claim] = await store.claimTrials({ groupId, workerId: "wrk_test", limit: 1, leaseMs: 60_000 });
    const result = acceptedResult(claim!);
    const letCommit = await holdCommits(direct, "result");
    const first = store.acceptResults([result]);
    await expect.poll(() => waitingCommits(direct), { interval: 20 }).toBe(1);
    proxy.deafen();
    await letCommit();
    await expect(first).rejects.toMatchObject({ code: "database_unavailable" });
    proxy.heal();
    await expect.poll(() => store.getTrial(result.trialId).then(({ state }) => state)).toBe("completed");
    expect(await store.acceptResults([result])).toEqual([{ trialId: result.trialId, token: 1 }]);
    expect(await store.acceptResults([{ ...result, token: 2 }])).toEqual([]);
    const { rows } = await direct.pool.query("SELECT type FROM event WHERE type = 'trial.completed'");
    expect(rows).toHaveLength(1);
    await Promise.all([behindProxy.close(), direct.close()]);
    await proxy.close();
    await test.drop();
  });
});

describe("the store while the database has no room", () => {
  it.each([
    ["disk", "disk_full"],
    ["memory", "out_of_memory"],
    ["what a limit allows", "configuration_limit_exceeded"],
  ])(
    "says database_exhausted when it lacks %s, which is retryable, has written nothing, and writes when there is room",
    async (_what, condition) => {
      const test = await freshDatabase();
      const database = openDatabase({ url: test.url });
      const [store, sweep] = [createTrialStore(database), plannedSweep()];
      await store.createSweep(sweep);
      const groupId = sweep.trials[0]!.groupId;
      const [claim] = await store.claimTrials({ groupId, workerId: "wrk_test", limit: 1, leaseMs: 60_000 });
      const result = acceptedResult(claim!);
      await database.pool.query(`CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${condition}'; END $$`);
      await database.pool.query(
        "CREATE TRIGGER full_up BEFORE INSERT ON result FOR EACH ROW EXECUTE FUNCTION full_up()",
      );
      await expect(store.acceptResults([result])).rejects.toMatchObject({
        code: "database_exhausted",
        retryable: true,
      });
      expect(await store.getTrial(result.trialId)).toMatchObject({ state: "running", metrics: null });
      await database.pool.query("DROP TRIGGER full_up ON result");
      expect(await store.acceptResults([result])).toEqual([{ trialId: result.trialId, token: 1 }]);
      await database.close();
      await test.drop();
    },
  );
});

describe("the store while the database is away", () => {
  it("was not started within a moment, and was within a year: who waits for it can tell a restart", async () => {
    const test = await freshDatabase();
    const database = openDatabase({ url: test.url });
    expect(await database.hasStartedWithin(1)).toBe(false);
    expect(await database.hasStartedWithin(365 * 24 * 3_600_000)).toBe(true);
    await database.close();
    await test.drop();
  });

  it("says database_unavailable, which is retryable, instead of the driver's error", async () => {
    const test = await freshDatabase();
    const database = openDatabase({ url: test.url });
    const store = createTrialStore(database);
    await store.listSweeps({ limit: 1 });
    await test.drop();
    // The first answer may come from a connection that was cut, the next from one that cannot be opened.
    await expect(store.listSweeps({ limit: 1 })).rejects.toMatchObject({
      code: "database_unavailable",
      retryable: true,
    });
    await database.close();
  });

  it("opens nothing any more after it was closed", async () => {
    const test = await freshDatabase();
    const database = openDatabase({ url: test.url });
    await database.ping();
    await database.close();
    await expect(database.ping()).rejects.toMatchObject({ code: "database_unavailable" });
    await test.drop();
  });
});
