import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@smoothsweep/contracts";
import { commandLineOf, processIdentity } from "./processIdentity.ts";

const FAST_STOP_MS = 5000;
const QUICK_STOP_MS = 5000;
const POLL_MS = 20;

/**
 * Clears away what an earlier run left that was killed: a server still running on our data is stopped, a lock file
 * whose number now belongs to some other program is removed. A lock file of a dead server is left to PostgreSQL.
 * Call it only while holding the claim on the folder.
 *
 * @throws AppError `database_unavailable` when the server cannot be stopped.
 */
export async function stopOrphan(cluster: string, onNotice: (message: string) => void): Promise<void> {
  const lockFile = join(cluster, "postmaster.pid");
  const content = await readFile(lockFile, "utf8").catch(() => "");
  const pid = Number(content.split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const identity = await processIdentity(pid);
  if (identity === undefined) return;
  if (!(await commandLineOf(pid)).includes(cluster)) {
    await rm(lockFile, { force: true });
    return;
  }
  onNotice(`stopping the database server ${pid}, which an earlier run left behind`);
  const isGone = await stopAndWait(pid, identity);
  if (!isGone) {
    throw new AppError("database_unavailable", `the database server ${pid} of an earlier run does not stop`, {
      context: { pid, dataDirectory: cluster },
      fix: `End it by hand: kill -QUIT ${pid}`,
    });
  }
}

async function stopAndWait(pid: number, identity: string): Promise<boolean> {
  const steps = [
    { signal: "SIGINT", waitMs: FAST_STOP_MS },
    { signal: "SIGQUIT", waitMs: QUICK_STOP_MS },
  ] as const;
  for (const { signal, waitMs } of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone meanwhile, or not ours to signal: what follows finds out.
    }
    // Not our child, so nothing tells us when it ends.
    for (let waitedMs = 0; waitedMs < waitMs; waitedMs += POLL_MS) {
      if ((await processIdentity(pid)) !== identity) return true;
      await wait(POLL_MS);
    }
  }
  return false;
}
