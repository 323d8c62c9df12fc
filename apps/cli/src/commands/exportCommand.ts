import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { ExportContent, ExportFormat } from "@smoothsweep/contracts";
import { clientOf, type RemoteFlags } from "./remoteCommands.ts";

export interface ExportFlags extends RemoteFlags {
  what?: ExportContent;
  format?: ExportFormat;
  /** Standard output when absent. */
  out?: string;
}

/** `smoothsweep export SWEEP`: writes a sweep whole; a file appears under its name only when it is whole. */
export async function exportCommand(sweepId: string, flags: ExportFlags): Promise<void> {
  const { what, format, out } = flags;
  const bytes = clientOf(flags).exportSweep(sweepId, { what, format });
  if (out === undefined) return writeToPipe(bytes);
  const draft = `${out}.${process.pid}.part`;
  try {
    await pipeline(bytes, createWriteStream(draft));
    await rename(draft, out);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Who reads only the beginning, such as `head`, has what he wants. */
async function writeToPipe(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(bytes, process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}
