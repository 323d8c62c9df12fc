import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const starter = fileURLToPath(new URL("./starter.ts", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));
// Node 20 cannot run TypeScript: Vite's module runner does, resolving workspace packages from source as the tests do.
const program = `
  import { runnerImport } from "vite";
  const resolve = { conditions: ["source"] };
  await runnerImport(${JSON.stringify(starter)}, { configFile: false, resolve, ssr: { resolve }, logLevel: "error" });
`;

export interface Starter {
  readonly child: ChildProcess;
  readonly url: string;
  /** Process number of the database server, not of the starter. */
  readonly pid: number;
  readonly notices: readonly string[];
}

/** Runs the starter in a process of its own, as another user when asked, until the database answers. */
export async function spawnStarter(dataDirectory: string, user?: { uid: number; gid: number }): Promise<Starter> {
  const args = ["--input-type=module", "-e", program, dataDirectory];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["pipe", "pipe", "pipe"], ...user });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    complaints += chunk;
  });
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), "line").then(([text]) => text as string),
    once(child, "exit").then(() => {
      throw new Error(`the starter ended early: ${complaints}`);
    }),
  ]);
  return { child, ...(JSON.parse(line) as Omit<Starter, "child">) };
}

/** Kills the starter as a power cut would: it has no chance to stop its database. */
export async function killStarter({ child }: Starter): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
