import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { backupDatabase, createTrialStore, openDatabase, restoreDatabase } from "@smoothsweep/database";
import { acceptedResult, freshDatabase, plannedSweep, type TestDatabase } from "@smoothsweep/testkit";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const options = { migrations: "prisma/migrations", environment: {} };

let source: TestDatabase;
let folder: string;
let file: string;
const sweep = plannedSweep();

const query = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text).finally(() => client.end());
  return rows;
};

/** Every row of every table, in a form that compares. */
async function contentOf(
  url: string,
  tables = ["sweep", "trial", "attempt", "report", "result", "prediction", "event"],
) {
  const rows = await Promise.all(
    tables.map((table) => query(url, `SELECT row_to_json(t)::text AS row FROM "${table}" t ORDER BY 1`)),
  );
  return Object.fromEntries(tables.map((table, index) => [table, rows[index]?.map(({ row }) => row)]));
}

async function withStore<T>(url: string, use: (store: ReturnType<typeof createTrialStore>) => Promise<T>): Promise<T> {
  const database = openDatabase({ url });
  return use(createTrialStore(database)).finally(() => database.close());
}

const claim = (store: ReturnType<typeof createTrialStore>, limit: number) =>
  store.claimTrials({ groupId: sweep.trials[0]!.groupId, workerId: "w", limit, leaseMs: 60_000 });

beforeAll(async () => {
  source = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "smoothsweep-backup-"));
  file = join(folder, "sweeps.backup");
  await withStore(source.url, async (store) => {
    await store.createSweep(sweep);
    const [done] = await claim(store, 1);
    await store.acceptResults([acceptedResult(done!)]);
    // One trial is under way while the backup is made.
    await claim(store, 1);
  });
  await backupDatabase(source.url, file, { ...options, form: "smoothsweep" });
});
afterAll(async () => {
  await source.drop();
  await rm(folder, { recursive: true });
});

describe("a backup", () => {
  it("restores every row as it was, and what was under way is handed back without counting", async () => {
    const target = await freshDatabase();
    await restoreDatabase(target.url, file, options);
    const kept = ["sweep", "report", "result", "prediction", "event"];
    expect(await contentOf(target.url, kept)).toEqual(await contentOf(source.url, kept));
    expect(await query(target.url, "SELECT count(*)::int AS n FROM trial WHERE state = 'running'")).toEqual([{ n: 0 }]);
    expect(await query(target.url, "SELECT outcome FROM attempt ORDER BY started_at, outcome")).toEqual(
      expect.arrayContaining([{ outcome: "completed" }, { outcome: "returned" }]),
    );
    await target.drop();
  });

  it("of a half-done sweep lets it go on to its end", async () => {
    const target = await freshDatabase();
    await restoreDatabase(target.url, file, options);
    expect(
      (await query(target.url, "SELECT count(*)::int AS n FROM outbox WHERE sent_at IS NULL"))[0].n,
    ).toBeGreaterThan(0);
    const groups = new Set(sweep.trials.map(({ groupId }) => groupId));
    const state = await withStore(target.url, async (store) => {
      for (const groupId of groups) {
        const trials = await store.claimTrials({ groupId, workerId: "w", limit: 100, leaseMs: 60_000 });
        await store.acceptResults(trials.map((trial) => acceptedResult(trial)));
      }
      return (await store.getSweep(sweep.id)).state;
    });
    expect(state).toBe("completed");
    await target.drop();
  });

  it("takes new sweeps after it was restored: counters go on where they were", async () => {
    const target = await freshDatabase();
    await restoreDatabase(target.url, file, options);
    await withStore(target.url, (store) => store.createSweep(plannedSweep()));
    await target.drop();
  });

  it("is refused where there are sweeps already", async () => {
    await expect(restoreDatabase(source.url, file, options)).rejects.toMatchObject({ code: "restore_refused" });
  });

  it("that was cut off or changed is refused before anything is touched", async () => {
    const broken = join(folder, "broken.backup");
    const target = await freshDatabase();
    const refused = () =>
      expect(restoreDatabase(target.url, broken, options)).rejects.toMatchObject({ code: "backup_corrupt" });
    await copyFile(file, broken);
    await truncate(broken, 500);
    await refused();
    const text = gunzipSync(await readFile(file)).toString();
    await writeFile(broken, gzipSync(text.replace('"accuracy":0.9', '"accuracy":0.8').replace("test", "tess")));
    await refused();
    await writeFile(broken, "not a backup");
    await refused();
    expect(await query(target.url, "SELECT count(*)::int AS n FROM _prisma_migrations")).not.toEqual([{ n: 0 }]);
    await target.drop();
  });

  it("of a newer version is refused, naming the migration", async () => {
    const newer = join(folder, "newer.backup");
    const [header, ...rest] = gunzipSync(await readFile(file))
      .toString()
      .split("\n");
    const changed = JSON.stringify({ ...JSON.parse(header!), migrations: ["29990101000000_future"] });
    // With the right hash, so that nothing else is wrong with it.
    const lines = [changed, ...rest.slice(0, -2)];
    const sha256 = createHash("sha256")
      .update(`${lines.join("\n")}\n`)
      .digest("hex");
    const footer = JSON.stringify({ ...JSON.parse(rest.at(-2)!), sha256 });
    await writeFile(newer, gzipSync(`${[...lines, footer].join("\n")}\n`));
    const target = await freshDatabase();
    await expect(restoreDatabase(target.url, newer, options)).rejects.toMatchObject({
      code: "database_ahead",
      message: expect.stringContaining("29990101000000_future"),
    });
    await target.drop();
  });
});
