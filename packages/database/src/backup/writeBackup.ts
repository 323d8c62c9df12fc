import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { type BackupHeader, rowLine } from "./backupFormat.ts";
import { type BackupContent, readBackup } from "./readBackup.ts";

/** Rows fetched at a time; a row of predictions has megabytes. */
const ROWS_AT_ONCE = 50;

/**
 * Writes every table into a file, from one snapshot of the database: sweeps may go on meanwhile. The file appears under
 * its name only when it is whole and was read back.
 */
export async function writeBackup(client: pg.Client, file: string): Promise<BackupContent> {
  const draft = `${file}.part`;
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    await pipeline(Readable.from(backupText(client)), createGzip(), createWriteStream(draft, { mode: 0o600 }));
    const content = await readBackup(draft);
    await rename(draft, file);
    return content;
  } finally {
    await client.query("ROLLBACK");
    await rm(draft, { force: true });
  }
}

async function* backupText(client: pg.Client): AsyncGenerator<string> {
  const hash = createHash("sha256");
  const rows: Record<string, number> = {};
  const hashed = (line: string) => {
    hash.update(`${line}\n`);
    return `${line}\n`;
  };
  yield hashed(JSON.stringify(await describe(client)));
  for (const table of await tableNames(client)) {
    rows[table] = 0;
    for await (const row of rowsOf(client, table)) {
      rows[table] += 1;
      yield hashed(rowLine(table, row));
    }
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest("hex") })}\n`;
}

async function describe(client: pg.Client): Promise<BackupHeader> {
  const applied = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
  );
  const createdAt = new Date().toISOString();
  const migrations = applied.rows.map(({ name }) => name);
  return { format: "smoothsweep-backup", version: 1, createdAt, migrations };
}

/** Tables of ours; what the queue keeps elsewhere can be made anew from them (law 1). */
export async function tableNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT tablename AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY tablename`);
  return rows.map(({ name }) => name);
}

async function* rowsOf(client: pg.Client, table: string): AsyncGenerator<string> {
  await client.query(`DECLARE rows CURSOR FOR SELECT row_to_json(t)::text AS row FROM "${table}" t`);
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${ROWS_AT_ONCE} FROM rows`);
    for (const { row } of rows) yield row;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await client.query("CLOSE rows");
}
