import { spawn } from "node:child_process";
import { serverEnvironment } from "./runCommand.ts";
import type { ServerAccount } from "./serverAccount.ts";

/**
 * Has the server stopped when this process ends, however it ends: also by SIGKILL or for lack of memory, when nobody
 * here can do anything any more. A shell waits at the other end of a pipe that only we hold open; the kernel closes it
 * with us, and the shell asks the server to stop.
 *
 * @returns Ends the watch; call it when the server has ended by itself.
 */
export function watchStarter(serverPid: number, account: ServerAccount | undefined): () => void {
  const watcher = spawn("/bin/sh", ["-c", 'read -r _; kill -INT "$1"', "smoothsweep-watch", String(serverPid)], {
    ...account,
    cwd: "/",
    env: serverEnvironment,
    // Out of our process group: what kills us as a group must not kill the watcher.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without a shell there is no watch; a server left behind is then stopped by the next start.
  watcher.on("error", () => undefined);
  watcher.stdin.on("error", () => undefined);
  return () => {
    watcher.kill("SIGKILL");
  };
}
