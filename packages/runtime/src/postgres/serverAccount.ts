import { stat } from "node:fs/promises";
import { AppError } from "@smoothsweep/contracts";
import { runCommand } from "./runCommand.ts";

/** The system account that PostgreSQL runs as. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

const NAME = "postgres";

/**
 * The account for PostgreSQL, which refuses to run as root. Undefined when we are an ordinary user: then it runs as we
 * do. For root it is the owner of the data that exist, else the account `postgres`, which is created when missing.
 *
 * @throws AppError `database_unavailable` when we are root and no such account can be made.
 */
export async function chooseServerAccount(
  clusterDirectory: string,
  onNotice: (message: string) => void,
): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await stat(clusterDirectory).catch(() => undefined);
  if (existing !== undefined && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const found = await lookUp();
  if (found !== undefined) return found;
  const created = await runCommand("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/bin/false",
    NAME,
  ]);
  const account = await lookUp();
  if (account !== undefined) {
    onNotice(`created the system account "${NAME}", because PostgreSQL does not run as root`);
    return account;
  }
  throw new AppError("database_unavailable", "PostgreSQL does not run as root, and no account for it could be made", {
    context: { useradd: created.stderr.trim() },
    fix: `Run as an ordinary user, create an account named "${NAME}", or set DATABASE_URL to a database of your own`,
  });
}

async function lookUp(): Promise<ServerAccount | undefined> {
  const [user, group] = await Promise.all([runCommand("id", ["-u", NAME]), runCommand("id", ["-g", NAME])]);
  if (user.exitCode !== 0 || group.exitCode !== 0) return undefined;
  return { uid: Number(user.stdout), gid: Number(group.stdout) };
}
