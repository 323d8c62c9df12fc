import { AppError } from "@smoothsweep/contracts";
import pg from "pg";
import { readMigrations } from "./readMigrations.ts";
import { withSchemaEngine } from "./schemaEngine.ts";

/** Any number will do as long as every smoothsweep process uses the same. */
const MIGRATION_LOCK = 7_206_041_123;

/**
 * Brings the database to the schema of this version. Safe to call from several processes at once: one applies, the
 * others wait for it.
 * @param databaseUrl PostgreSQL connection string.
 * @param directory The folder `prisma/migrations`.
 * @returns Names of the migrations applied now; empty when there was nothing to do.
 * @throws AppError `database_ahead` when a newer version has migrated this database, `database_unavailable`.
 */
export async function applyMigrations(databaseUrl: string, directory: string): Promise<string[]> {
  const client = await connect(databaseUrl);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const migrationsList = await readMigrations(directory);
    await refuseNewerDatabase(client, new Set(migrationsList.migrationDirectories.map(({ path }) => path)));
    const filters = { externalTables: [], externalEnums: [] };
    const applied = await withSchemaEngine(databaseUrl, (engine) =>
      engine.applyMigrations({ migrationsList, filters }),
    );
    return applied.appliedMigrationNames;
  } finally {
    await client.end();
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    return client;
  } catch (cause) {
    throw new AppError("database_unavailable", `the database does not answer: ${(cause as Error).message}`, {
      cause,
      fix: "Check DATABASE_URL, and that PostgreSQL runs and lets this machine in.",
    });
  }
}

async function refuseNewerDatabase(client: pg.Client, known: ReadonlySet<string>): Promise<void> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists");
  if (!table.rows[0].exists) return;
  const applied = await client.query(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL",
  );
  const unknown = applied.rows.map((row) => row.name as string).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new AppError(
    "database_ahead",
    `the database has migrations this version does not know: ${unknown.join(", ")}`,
    {
      fix: "Run the version of smoothsweep that migrated this database, or a newer one.",
    },
  );
}
