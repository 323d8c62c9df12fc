import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@smoothsweep/contracts";
import type { PinnedFile } from "../catalogue/datasetEntry.ts";

/** SHA-256 of bytes, hexadecimal. */
export function sha256(bytes: NodeJS.ArrayBufferView): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Reads a file and checks that its content is the pinned one: whoever computes with the bytes knows what they are.
 * @throws AppError `dataset_corrupt` when the file is missing or differs.
 */
export async function readPinned(directory: string, file: PinnedFile): Promise<Buffer> {
  const path = join(directory, file.name);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw corrupt(path, "cannot be read", cause);
  });
  const found = sha256(bytes);
  if (found !== file.sha256) throw corrupt(path, `must have the SHA-256 ${file.sha256}, got ${found}`);
  return bytes;
}

/** Whether files are there with their pinned lengths: the cheap check of every later start. */
export async function hasPinnedSizes(directory: string, files: readonly PinnedFile[]): Promise<boolean> {
  const checks = files.map(async (file) => {
    const found = await stat(join(directory, file.name)).catch(() => undefined);
    return found?.isFile() === true && found.size === file.bytes;
  });
  return (await Promise.all(checks)).every(Boolean);
}

function corrupt(path: string, rule: string, cause?: unknown): AppError {
  return new AppError("dataset_corrupt", `\`${path}\` ${rule}`, { context: { path }, cause });
}
