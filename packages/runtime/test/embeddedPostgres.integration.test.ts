import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/index.ts";
import { query } from "./query.ts";

let dataDirectory: string;
let running: EmbeddedPostgres[];

beforeEach(async () => {
  const parent = await mkdtemp(join(tmpdir(), "smoothsweep-pg-"));
  await chmod(parent, 0o711);
  dataDirectory = join(parent, "postgres");
  running = [];
});

afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  await rm(join(dataDirectory, ".."), { recursive: true, force: true });
});

async function start(notices: string[] = []): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory, onNotice: (message) => notices.push(message) });
  running.push(postgres);
  return postgres;
}

describe("embedded PostgreSQL", () => {
  test("a second start finds the data of the first", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 7 as value");
    await first.stop();
    const second = await start();
    expect(await query(second.url, "select value from kept")).toEqual([{ value: 7 }]);
  });
});
