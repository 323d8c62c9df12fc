import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cli = join(root, "apps/cli/dist/main.js");

/** The built command line, running. */
export interface Product {
  readonly child: ChildProcess;
  /** Everything it has said so far, results and notices. */
  output(): string;
  /** Resolves with the first match of the pattern in the output. @throws when it ends without saying it */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code. */
  ended(): Promise<number | null>;
  /** Process numbers of it and of everything it started, as of now. */
  processes(): number[];
}

/** A folder of its own for database and logs; the database's own account must be able to pass through it. */
export function temporaryDataDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "smoothsweep-e2e-"));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts `smoothsweep` with arguments, from the build. */
export function startProduct(args: readonly string[]): Product {
  if (!existsSync(cli)) throw new Error("there is no build to test; run `npm run build` first");
  const child = spawn(process.execPath, [cli, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    output: () => output,
    says: (pattern) =>
      waitFor(
        child,
        () => pattern.exec(output),
        () => `it never said ${pattern}:\n${output}`,
      ),
    ended: () => ended,
    processes: () => descendants(child.pid ?? 0),
  };
}

function waitFor<T>(child: ChildProcess, find: () => T | null, explain: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = find();
      if (found === null) return;
      stop();
      resolve(found);
    };
    const fail = () => {
      stop();
      reject(new Error(explain()));
    };
    const stop = () => {
      child.stdout?.off("data", look);
      child.stderr?.off("data", look);
      child.off("close", fail);
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("close", fail);
    look();
  });
}

/** A process and all that descend from it, by /proc; only the process itself where there is no /proc. */
function descendants(pid: number): number[] {
  if (!existsSync("/proc/self/stat")) return [pid];
  const parents = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)] as const),
  );
  const found = [pid];
  for (const ancestor of found) for (const [child, parent] of parents) if (parent === ancestor) found.push(child);
  return found;
}

function parentOf(pid: string): number {
  try {
    // "pid (name) state ppid ...": the name may contain spaces and brackets.
    return Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ")[1],
    );
  } catch {
    return 0;
  }
}

/** Whether a process is there and not merely waiting to be collected. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (!existsSync("/proc/self/stat")) return true;
    return readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "")[0] !== "Z";
  } catch {
    return false;
  }
}
