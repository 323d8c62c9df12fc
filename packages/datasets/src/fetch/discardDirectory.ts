import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";

/** Takes a directory away in one step, so that nobody ever sees half of it; no such directory is fine. */
export async function discardDirectory(directory: string): Promise<void> {
  const aside = `${directory}.discarded-${randomUUID()}`;
  try {
    await rename(directory, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}
