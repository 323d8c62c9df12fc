import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Client, SubmitOptions } from "@smoothsweep/client";
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
export async function submitText(
  client: Client,
  { text, ifSame }: { text: string } & Pick<SubmitOptions, "ifSame">,
  terminal: Terminal,
): Promise<SubmittedSweep> {
  // A lost answer must not make two sweeps: the key lets the request be repeated.
  const submitted = await client.submitSweep(text, { ifSame, idempotencyKey: randomUUID() });
  const { asked, distinct } = submitted.counts;
  if (submitted.joined) {
    terminal.notice(`the same specification is there already: joining it; --if-same duplicate makes another sweep`);
  }
  terminal.notice(
    `sweep ${submitted.id} (${submitted.name}): ${asked} trials asked for, ${distinct} trained, ${asked - distinct} merged as equivalent`,
  );
  if (submitted.reused > 0) terminal.notice(`  ${submitted.reused} trials have results of earlier sweeps`);
  for (const note of submitted.notes) terminal.notice(`  ${note}`);
  return submitted;
}
