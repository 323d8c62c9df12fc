import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres, useEmbeddedPostgres } from "@smoothsweep/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { query } from "./query.ts";

let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "smoothsweep-lend-"));
});
afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

test("a database that nobody runs is started for its use and stopped afterwards", async () => {
  const options = { dataDirectory, durability: "relaxed" } as const;
  const url = await useEmbeddedPostgres(options, async (lent) => {
    await query(lent, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
    return lent;
  });
  await expect(query(url, "SELECT 1")).rejects.toThrow();
});

test("one that is running is lent as it is, and stays", async () => {
  const running = await startEmbeddedPostgres({ dataDirectory, durability: "relaxed" });
  const rows = await useEmbeddedPostgres({ dataDirectory }, (lent) => query(lent, "SELECT n FROM kept"));
  expect(rows).toEqual([{ n: 7 }]);
  expect(await query(running.url, "SELECT n FROM kept")).toEqual(rows);
  await running.stop();
});
