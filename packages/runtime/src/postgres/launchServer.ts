import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { AppError } from "@smoothsweep/contracts";
import { serverEnvironment } from "./runCommand.ts";
import type { ServerAccount } from "./serverAccount.ts";
import { watchStarter } from "./watchStarter.ts";

export interface LaunchOptions {
  readonly program: string;
  readonly cluster: string;
  readonly port: number;
  readonly account: ServerAccount | undefined;
  readonly isDurable: boolean;
  readonly onLog: (line: string) => void;
}

/** A running server. */
export interface Server {
  readonly pid: number;
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends every session and the server: transactions in flight are rolled back, what was committed stays. */
  stop(): Promise<void>;
}

/** Why a server did not come up. */
export type LaunchFailure = "port-taken" | "directory-taken" | "other";

const READY = "database system is ready to accept connections";
const START_DEADLINE_MS = 120_000;
const FAST_STOP_MS = 5000;

/**
 * Starts the server and waits until it takes connections.
 *
 * It runs in a session of its own, so that Ctrl-C in the terminal does not reach it before those who still want to
 * commit. Should we end without stopping it, even by SIGKILL, a watcher asks it to stop.
 *
 * @throws AppError `database_unavailable` with `context.failure`: {@link LaunchFailure}.
 */
export async function launchServer(options: LaunchOptions): Promise<Server> {
  const child = spawn(options.program, serverArguments(options), {
    ...options.account,
    cwd: "/",
    env: serverEnvironment,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const { pid } = child;
  // From the first moment on: recovery after a crash may take long, and we may be killed meanwhile.
  if (pid !== undefined) void ended.then(watchStarter(pid, options.account));
  await waitUntilReady(child, options);
  return { pid: pid ?? 0, ended, stop: () => stopServer(child, ended) };
}

function serverArguments({ cluster, port, isDurable }: LaunchOptions): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 200,
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
    logging_collector: "off",
    log_destination: "stderr",
    // Parallel queries want room in /dev/shm, of which containers have little; ours are small.
    max_parallel_workers_per_gather: 0,
    ...(isDurable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

function waitUntilReady(child: ChildProcess, options: LaunchOptions): Promise<void> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill("SIGQUIT");
      reject(launchError("PostgreSQL was not ready within 120 s", lines));
    }, START_DEADLINE_MS);
    const fail = (message: string) => {
      clearTimeout(deadline);
      reject(launchError(message, lines));
    };
    child.once("error", (error) => fail(`PostgreSQL cannot be started: ${error.message}`));
    child.once("close", (code) =>
      fail(`PostgreSQL ended with code ${code} before it was ready: ${lines.at(-1) ?? ""}`),
    );
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on("line", (line) => {
      options.onLog(line);
      if (lines.length < 100) lines.push(line);
      if (!line.includes(READY)) return;
      clearTimeout(deadline);
      resolve();
    });
  });
}

function launchError(message: string, lines: readonly string[]): AppError {
  const log = lines.join("\n");
  let failure: LaunchFailure = "other";
  if (/could not bind .*address|Address already in use/i.test(log)) failure = "port-taken";
  if (/lock file ".*postmaster\.pid" already exists/.test(log)) failure = "directory-taken";
  return new AppError("database_unavailable", message, { context: { failure, log: log.slice(-4000) } });
}

async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill("SIGINT");
  // A session that does not react (a stuck disk) must not hold up the end: the next start recovers from the log.
  const impatience = setTimeout(() => child.kill("SIGQUIT"), FAST_STOP_MS);
  await ended;
  clearTimeout(impatience);
}
