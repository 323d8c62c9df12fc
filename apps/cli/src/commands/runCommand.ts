import { availableParallelism } from "node:os";
import { createClient } from "@smoothsweep/client";
import type { EngineChoice } from "@smoothsweep/contracts";
import { writeResults } from "../results/writeResults.ts";
import { type Stack, startStack } from "../stack/startStack.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { ensureData } from "./ensureData.ts";
import { ensureEngine } from "./ensureEngine.ts";
import { printResults } from "./printResults.ts";
import type { SubmissionFlags } from "./remoteCommands.ts";
import { serveUntilStopped, stopOnCtrlC } from "./serveUntilStopped.ts";
import { readSweepFile, submitText } from "./submitFile.ts";
import { watchSweep } from "./watchSweep.ts";

/** Options of every command that starts the stack. */
export interface StackFlags {
  engine: EngineChoice;
  workers?: number;
  port?: number;
  dataDirectory?: string;
}

export interface RunFlags extends StackFlags, SubmissionFlags {
  /** End after the table instead of serving on. */
  exit?: boolean;
  /** Also write every trial's result here. */
  json?: string;
}

/** Workers unless told: one a core, at most four. */
const WORKERS_MAX = 4;

/** Starts the stack and says where the dashboard is. */
export async function bringUp(flags: StackFlags, terminal: Terminal): Promise<Stack> {
  const stack = await startStack({
    engine: flags.engine,
    workers: flags.workers ?? Math.min(WORKERS_MAX, availableParallelism()),
    port: flags.port,
    ...(flags.dataDirectory !== undefined && { dataDirectory: flags.dataDirectory }),
    onNotice: terminal.notice,
  });
  const { name, version, device } = stack.engine;
  terminal.notice(`engine: ${name} ${version} on ${device}, self-test passed`);
  terminal.notice(`dashboard: ${stack.url}`);
  return stack;
}

/** `smoothsweep up`: the stack, without submitting anything; earlier sweeps are found again. */
export async function upCommand(flags: StackFlags, terminal: Terminal): Promise<void> {
  const stack = await bringUp(flags, terminal);
  stopOnCtrlC(stack, terminal);
  terminal.notice("Ctrl-C stops it");
  await serveUntilStopped(stack);
}

/** `smoothsweep run FILE`: the stack, one sweep through the REST API, its results, and the dashboard until Ctrl-C. */
export async function runCommand(file: string, flags: RunFlags, terminal: Terminal): Promise<void> {
  const text = await readSweepFile(file);
  await ensureEngine(flags.engine, terminal);
  await ensureData(text, terminal);
  const stack = await bringUp(flags, terminal);
  stopOnCtrlC(stack, terminal);
  try {
    await Promise.race([runSweep(stack, { text, flags, terminal }), serveUntilStopped(stack)]);
    if (flags.exit !== true) {
      terminal.notice("serving on; Ctrl-C stops it");
      await serveUntilStopped(stack);
    }
  } finally {
    await stack.stop();
  }
}

interface SweepRun {
  text: string;
  flags: RunFlags;
  terminal: Terminal;
}

async function runSweep(stack: Stack, { text, flags, terminal }: SweepRun): Promise<void> {
  const client = createClient({ baseUrl: stack.url });
  const { id } = await submitText(client, { text, ifSame: flags.ifSame }, terminal);
  const sweep = await watchSweep(client, id, terminal);
  await printResults(client, sweep, terminal);
  if (flags.json !== undefined) await writeResults(client, id, flags.json);
  terminal.print(`dashboard: ${stack.url}/sweeps/${id}`);
}
