import { access } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { type BackupForm, backupDatabase, restoreDatabase } from "@smoothsweep/database";
import { projectDataDirectory, readEnvironment, useEmbeddedPostgres } from "@smoothsweep/runtime";
import { productRoot } from "../productRoot.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Which database: that of `DATABASE_URL`, or else the embedded one of a data directory. */
export interface DatabaseFlags {
  dataDirectory?: string;
}

export interface BackupFlags extends DatabaseFlags {
  form?: BackupForm;
}

function withDatabase<T>(flags: DatabaseFlags, terminal: Terminal, use: (url: string) => Promise<T>): Promise<T> {
  const url = readEnvironment()["DATABASE_URL"];
  if (url !== undefined && flags.dataDirectory === undefined) return use(url);
  const dataDirectory = join(flags.dataDirectory ?? projectDataDirectory(productRoot), "postgres");
  return useEmbeddedPostgres({ dataDirectory, onNotice: terminal.notice }, use);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** `smoothsweep backup FILE`: all sweeps in one file, while they run. */
export async function backupCommand(file: string, flags: BackupFlags, terminal: Terminal): Promise<void> {
  if (await exists(file)) {
    throw new AppError("backup_failed", `\`${file}\` exists already`, { fix: "Give another name, or move it away" });
  }
  const { form, rows } = await withDatabase(flags, terminal, (url) =>
    backupDatabase(url, file, { form: flags.form, environment: readEnvironment() }),
  );
  const content = rows === undefined ? "" : `: ${rows["sweep"] ?? 0} sweeps, ${rows["result"] ?? 0} results, verified`;
  terminal.print(`${file} written, form ${form}${content}`);
}

/** `smoothsweep restore FILE`: into a database without sweeps. */
export async function restoreCommand(file: string, flags: DatabaseFlags, terminal: Terminal): Promise<void> {
  if (!(await exists(file))) throw new AppError("not_found", `there is no file \`${file}\``);
  const migrations = join(productRoot, "prisma/migrations");
  await withDatabase(flags, terminal, (url) =>
    restoreDatabase(url, file, { migrations, environment: readEnvironment() }),
  );
  terminal.print(`${file} restored; half-done sweeps go on when an API and workers start`);
}
