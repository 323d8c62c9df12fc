import { createClient } from "@smoothsweep/client";
import { writeResults } from "../results/writeResults.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { printResults } from "./printResults.ts";
import { readSweepFile, submitText } from "./submitFile.ts";
import { watchSweep } from "./watchSweep.ts";

/** Options of every command that talks to a running API. */
export interface RemoteFlags {
  url: string;
  apiKey?: string;
}

/** Options of every command that submits. */
export interface SubmissionFlags {
  ifSame?: "join" | "duplicate" | "refuse";
}

/** `smoothsweep submit FILE`: prints the sweep's id. */
export async function submitCommand(
  file: string,
  flags: RemoteFlags & SubmissionFlags,
  terminal: Terminal,
): Promise<void> {
  const text = await readSweepFile(file);
  const { id } = await submitText(clientOf(flags), { text, ifSame: flags.ifSame }, terminal);
  terminal.print(id);
}

/** `smoothsweep watch SWEEP`: progress until it ends, then its results. */
export async function watchCommand(
  sweepId: string,
  flags: RemoteFlags & { json?: string },
  terminal: Terminal,
): Promise<void> {
  const client = clientOf(flags);
  const sweep = await watchSweep(client, sweepId, terminal);
  await printResults(client, sweep, terminal);
  if (flags.json !== undefined) await writeResults(client, sweepId, flags.json);
}

/** A client of the API that the flags name. */
export function clientOf({ url, apiKey }: RemoteFlags) {
  return createClient({ baseUrl: url, ...(apiKey !== undefined && { apiKey }) });
}
