import { readFile } from "node:fs/promises";
import type { Client } from "@smoothsweep/client";
import { AppError, type SubmittedSweep } from "@smoothsweep/contracts";
import type { Terminal } from "../terminal/terminal.ts";

/** Reads a sweep file. @throws AppError `invalid_request` when it cannot be read */
export async function readSweepFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new AppError("invalid_request", `the sweep file cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** Submits a sweep through the REST API and says what became of it. */
export async function submitText(client: Client, text: string, terminal: Terminal): Promise<SubmittedSweep> {
  const submitted = await client.submitSweep(text);
  const { asked, distinct } = submitted.counts;
  terminal.notice(
    `sweep ${submitted.id} (${submitted.name}): ${asked} trials asked for, ${distinct} trained, ${asked - distinct} merged as equivalent`,
  );
  for (const note of submitted.notes) terminal.notice(`  ${note}`);
  return submitted;
}
