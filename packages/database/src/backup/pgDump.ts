import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { AppError } from "@smoothsweep/contracts";

/** First bytes of pg_dump's custom format. */
const MAGIC = "PGDMP";

/** Variables of the process that runs the programs: where they are found, and their own settings. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

interface Outcome {
  code: number | null;
  output: string;
  problem: string;
}

/** Runs one of PostgreSQL's client programs. The password goes by the environment: arguments are seen by everybody. */
function run(program: string, parameters: readonly string[], env: ProcessEnvironment): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { env, stdio: ["ignore", "pipe", "pipe"] });
    const outcome: Outcome = { code: null, output: "", problem: "" };
    child.stdout.on("data", (text) => (outcome.output += text));
    child.stderr.on("data", (text) => (outcome.problem += text));
    child.once("error", ({ message }) => resolve({ ...outcome, problem: message }));
    child.once("close", (code) => resolve({ ...outcome, code }));
  });
}

function connectingTo(databaseUrl: string, environment: ProcessEnvironment): ProcessEnvironment {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  return {
    ...environment,
    PGHOST: decodeURIComponent(hostname),
    PGPORT: port || "5432",
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
}

/**
 * Major version of the pg_dump on this machine's path; undefined when there is none. It must be at least that of the
 * server: an older one refuses.
 */
export async function pgDumpVersion(environment: ProcessEnvironment): Promise<number | undefined> {
  const { code, output } = await run("pg_dump", ["--version"], environment);
  const version = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  return code === 0 && version !== undefined ? Number(version) : undefined;
}

/** Writes pg_dump's custom format, without the queue's schema. @throws AppError `backup_failed` */
export async function dumpWithPostgres(
  databaseUrl: string,
  file: string,
  environment: ProcessEnvironment,
): Promise<void> {
  const parameters = ["--format=custom", "--no-owner", "--no-privileges", "--exclude-schema=bullmq", `--file=${file}`];
  const { code, problem } = await run("pg_dump", parameters, connectingTo(databaseUrl, environment));
  if (code !== 0) throw new AppError("backup_failed", `pg_dump failed: ${problem.trim()}`);
}

/** Whether a file is in pg_dump's custom format. */
export async function isPostgresDump(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.toString("latin1", 0, bytesRead) === MAGIC;
  } finally {
    await handle.close();
  }
}

/** Restores pg_dump's custom format into a database without tables, whole or not at all. @throws AppError `backup_failed` */
export async function restoreWithPostgres(
  databaseUrl: string,
  file: string,
  environment: ProcessEnvironment,
): Promise<void> {
  const database = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  const parameters = ["--no-owner", "--no-privileges", "--single-transaction", `--dbname=${database}`, file];
  const { code, problem } = await run("pg_restore", parameters, connectingTo(databaseUrl, environment));
  if (code !== 0) throw new AppError("backup_failed", `pg_restore failed: ${problem.trim()}`);
}
