import { chmod, lstat, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { runCommand } from "./runCommand.ts";
import type { ServerAccount } from "./serverAccount.ts";

const FALLBACK_ROOT = "/var/tmp/smoothsweep-root";

/** Whether an account may enter a directory (or execute a file), every parent on the way counted. Asked, not computed. */
export async function canReach(path: string, account: ServerAccount): Promise<boolean> {
  const { exitCode } = await runCommand("/bin/sh", ["-c", 'test -x "$1"', "sh", path], { account });
  return exitCode === 0;
}

/**
 * A directory that every account can reach and only root can change, for when root keeps the project where others
 * cannot go: `/var/tmp/smoothsweep-root/<name>`.
 *
 * @throws AppError `database_unavailable` when somebody else put something at that place.
 */
export async function fallbackDirectory(name: string): Promise<string> {
  for (const directory of [FALLBACK_ROOT, join(FALLBACK_ROOT, name)]) {
    await mkdir(directory)
      // Whatever our umask is.
      .then(() => chmod(directory, 0o755))
      .catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
    // Anybody may create names in /var/tmp: trust only what is root's and closed to others.
    const found = await lstat(directory);
    if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
      throw new AppError(
        "database_unavailable",
        `${directory} is not a directory of root's that others cannot change`,
        {
          fix: `Remove ${directory}, or keep the project where the account "postgres" can go`,
        },
      );
    }
  }
  return join(FALLBACK_ROOT, name);
}
