import { AppError } from "@smoothsweep/contracts";
import pg from "pg";
import { dumpWithPostgres, type ProcessEnvironment, pgDumpVersion } from "./pgDump.ts";
import { writeBackup } from "./writeBackup.ts";

/** `smoothsweep`: gzip of lines, needs nothing installed. `pg_dump`: its custom format, for other tools. */
export type BackupForm = "smoothsweep" | "pg_dump";

export interface BackupOptions {
  /** Undefined chooses pg_dump where one is installed that is new enough for the server. */
  form?: BackupForm | undefined;
  /** Where pg_dump is found. */
  environment: ProcessEnvironment;
}

/** What was written. */
export interface BackupSummary {
  form: BackupForm;
  /** Rows of each table; of pg_dump's format they are not known. */
  rows: Record<string, number> | undefined;
}

/**
 * Writes all of smoothsweep's tables into one file, from one snapshot; sweeps may go on meanwhile. The queue is left out:
 * it is made anew from the tables (law 1).
 *
 * @throws AppError `backup_failed`, `database_unavailable`
 */
export async function backupDatabase(
  databaseUrl: string,
  file: string,
  options: BackupOptions,
): Promise<BackupSummary> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await connect(client);
  try {
    const chosen = await chooseForm(client, options);
    if (chosen === "smoothsweep") return { form: chosen, rows: (await writeBackup(client, file)).rows };
    await dumpWithPostgres(databaseUrl, file, options.environment);
    return { form: chosen, rows: undefined };
  } finally {
    await client.end();
  }
}

/** @throws AppError `database_unavailable` */
export async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (cause) {
    throw new AppError("database_unavailable", `the database does not answer: ${(cause as Error).message}`, { cause });
  }
}

async function chooseForm(client: pg.Client, { form: wanted, environment }: BackupOptions): Promise<BackupForm> {
  if (wanted === "smoothsweep") return wanted;
  const dump = await pgDumpVersion(environment);
  const { rows } = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS version",
  );
  const server = rows[0]?.version ?? Number.NaN;
  if (dump !== undefined && dump >= server) return "pg_dump";
  if (wanted === undefined) return "smoothsweep";
  const found = dump === undefined ? "none" : `version ${dump}`;
  throw new AppError("backup_failed", `pg_dump must be at least the server's version ${server}, found ${found}`, {
    fix: "Install PostgreSQL's client programs of that version, or leave --form out",
  });
}
