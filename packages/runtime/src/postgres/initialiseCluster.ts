import { randomBytes } from "node:crypto";
import { access, chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@smoothsweep/contracts";
import type { PostgresBinaries } from "./postgresBinaries.ts";
import { type CommandOutcome, runCommand } from "./runCommand.ts";
import type { ServerAccount } from "./serverAccount.ts";
import type { ServerPlaces } from "./serverPlaces.ts";

/** Name of the database and of its superuser. */
export const DATABASE_NAME = "smoothsweep";
const DRAFT_PREFIX = "initialising-";
const MAJOR_VERSION = "18";

export interface ClusterContext {
  readonly binaries: PostgresBinaries;
  readonly places: ServerPlaces;
  readonly account: ServerAccount | undefined;
  /** Whether to sync files to disk. */
  readonly isDurable: boolean;
}

/**
 * Makes the data directory unless it is there, and gives the database's password. It is made aside and moved into
 * place when whole, so that a crash on the way leaves nothing half-made.
 *
 * @throws AppError `database_unavailable` when it cannot be made, or was made by another major version.
 */
export async function initialiseCluster(context: ClusterContext): Promise<string> {
  const { places } = context;
  const password = await readFile(places.password, "utf8").catch(() => undefined);
  if (!(await exists(join(places.cluster, "PG_VERSION")))) return createCluster(context);
  await checkVersion(places.cluster);
  if (password !== undefined) return password.trim();
  // Somebody deleted the password but not the data: whoever owns the data may set a new one.
  const renewed = await writePassword(places.password);
  await runSingleUser(context, places.cluster, `ALTER ROLE ${DATABASE_NAME} PASSWORD '${renewed}'`);
  return renewed;
}

async function createCluster(context: ClusterContext): Promise<string> {
  const { places, account } = context;
  for (const name of await readdir(places.root)) {
    if (name.startsWith(DRAFT_PREFIX)) await rm(join(places.root, name), { recursive: true, force: true });
  }
  const draft = join(places.root, `${DRAFT_PREFIX}${process.pid}`);
  const cluster = join(draft, "cluster");
  const passwordFile = join(draft, "password");
  await mkdir(draft, { mode: 0o700 });
  const password = await writePassword(passwordFile);
  if (account !== undefined) {
    await chown(passwordFile, account.uid, account.gid);
    await chown(draft, account.uid, account.gid);
  }
  await runInitdb(context, cluster, passwordFile);
  await runSingleUser(context, cluster, `CREATE DATABASE ${DATABASE_NAME}`);
  if (account !== undefined) await chown(passwordFile, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
  await rename(passwordFile, places.password);
  await rename(cluster, places.cluster);
  await rm(draft, { recursive: true, force: true });
  return password;
}

async function runInitdb(context: ClusterContext, cluster: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${cluster}`,
    `--username=${DATABASE_NAME}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The locale built into PostgreSQL: the same order of texts on every machine, no system locale needed.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(context.isDurable ? [] : ["--no-sync"]),
  ];
  check("initdb", await runCommand(context.binaries.initdb, args, { account: context.account }));
}

/** Runs one statement while no server runs: no port, no password. */
async function runSingleUser(context: ClusterContext, cluster: string, statement: string): Promise<void> {
  const args = ["--single", "-D", cluster, ...(context.isDurable ? [] : ["-F"]), "postgres"];
  const outcome = await runCommand(context.binaries.postgres, args, {
    account: context.account,
    input: `${statement}\n`,
  });
  // The single-user server reports a failed statement and then ends with success all the same.
  check("postgres --single", /^.*(?:ERROR|FATAL|PANIC):/m.test(outcome.stderr) ? { ...outcome, exitCode: 1 } : outcome);
}

function check(program: string, outcome: CommandOutcome): void {
  if (outcome.exitCode === 0) return;
  const reason = outcome.stderr.trim().split("\n").at(-1) ?? "";
  throw new AppError("database_unavailable", `${program} failed: ${reason}`, {
    context: { exitCode: outcome.exitCode, stderr: outcome.stderr.slice(-4000) },
  });
}

async function writePassword(path: string): Promise<string> {
  const password = randomBytes(24).toString("base64url");
  await writeFile(path, password, { mode: 0o600 });
  await chmod(path, 0o600);
  return password;
}

async function checkVersion(cluster: string): Promise<void> {
  const version = (await readFile(join(cluster, "PG_VERSION"), "utf8")).trim();
  if (version === MAJOR_VERSION) return;
  throw new AppError(
    "database_unavailable",
    `the data in ${cluster} is of PostgreSQL ${version}, not ${MAJOR_VERSION}`,
    {
      context: { version, dataDirectory: cluster },
      fix: "Move that folder away to start afresh, or upgrade it with pg_upgrade",
    },
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
