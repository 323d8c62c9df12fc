import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@smoothsweep/contracts";
import pg from "pg";
import { applyMigrations } from "../migrations/applyMigrations.ts";
import { connect } from "./backupDatabase.ts";
import { insertRows } from "./insertRows.ts";
import { isPostgresDump, type ProcessEnvironment, restoreWithPostgres } from "./pgDump.ts";
import { readBackup } from "./readBackup.ts";
import { resumeRestored } from "./resumeRestored.ts";

/**
 * Puts a backup into an empty database and brings it to the schema of this version. Half-done sweeps go on as soon as an
 * API and workers start. A backup of an older version is restored with the schema of its time and then migrated.
 *
 * @param options `migrations` is the folder `prisma/migrations`; `environment` says where pg_restore is found
 * @throws AppError `restore_refused` when the database holds sweeps, `backup_corrupt` (nothing was changed then),
 *   `backup_failed`, `database_ahead` when a newer version made the backup, `database_unavailable`
 */
export async function restoreDatabase(
  databaseUrl: string,
  file: string,
  options: { migrations: string; environment: ProcessEnvironment },
): Promise<void> {
  const { migrations, environment } = options;
  const isDump = await isPostgresDump(file);
  // Whole and unchanged, before anything is touched.
  const content = isDump ? undefined : await readBackup(file);
  if (content !== undefined) await refuseFuture(content.header.migrations, migrations);
  const client = new pg.Client({ connectionString: databaseUrl });
  await connect(client);
  try {
    await clearEmptyDatabase(client, databaseUrl);
    if (content === undefined) {
      await restoreWithPostgres(databaseUrl, file, environment);
    } else {
      await migrateTo(databaseUrl, content.header.migrations, migrations);
      await insertRows(client, file);
    }
    await applyMigrations(databaseUrl, migrations);
    await resumeRestored(client);
  } finally {
    await client.end();
  }
}

/** Removes the tables of a database that holds no sweep. */
async function clearEmptyDatabase(client: pg.Client, databaseUrl: string): Promise<void> {
  const table = await client.query("SELECT to_regclass('public.sweep') IS NOT NULL AS exists");
  if (table.rows[0].exists) {
    const { rows } = await client.query("SELECT count(*)::int AS sweeps FROM sweep");
    if (rows[0].sweeps > 0) {
      const name = new URL(databaseUrl).pathname.slice(1);
      const message = `the database \`${name}\` must hold no sweeps to restore into, it holds ${rows[0].sweeps}`;
      throw new AppError("restore_refused", message, { fix: "Restore into a new database or data directory" });
    }
  }
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS bullmq CASCADE");
}

/** Applies only the migrations that the backup's schema had, from a copy of them. */
async function migrateTo(databaseUrl: string, names: readonly string[], directory: string): Promise<void> {
  const copies = await mkdtemp(join(tmpdir(), "smoothsweep-migrations-"));
  try {
    for (const name of [...names, "migration_lock.toml"]) {
      await cp(join(directory, name), join(copies, name), { recursive: true });
    }
    await applyMigrations(databaseUrl, copies);
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
}

async function refuseFuture(names: readonly string[], directory: string): Promise<void> {
  const known = new Set(await readdir(directory));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const message = `the backup has migrations that this version does not know: ${unknown.join(", ")}`;
  throw new AppError("database_ahead", message, {
    fix: "Restore with the version of smoothsweep that made the backup, or a newer one",
  });
}
