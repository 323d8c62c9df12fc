import { createEventFeed, createTrialStore, openDatabase } from "@smoothsweep/database";
import { freshDatabase } from "@smoothsweep/testkit";
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

describe("the store while the database is away", () => {
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
