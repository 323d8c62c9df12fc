import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { AppError } from "@smoothsweep/contracts";
import { processIdentity } from "./processIdentity.ts";

interface OwnerRecord {
  /** The process that started the database (not the database itself). */
  readonly pid: number;
  readonly identity: string | undefined;
  /** Distinguishes two claims of one process. */
  readonly claim: string;
  /** Where the database answers, without the password; absent while it starts. */
  readonly url?: string;
}

export interface Ownership {
  /** Tells others where the database answers. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

/** The refusal of a second start. */
export function alreadyRunning(root: string, facts: { pid?: number; url?: string }): AppError {
  const who = facts.pid === undefined ? "another process" : `process ${facts.pid}`;
  const where = facts.url === undefined ? "" : `, at ${facts.url}`;
  return new AppError("database_unavailable", `the database in ${root} is already running for ${who}${where}`, {
    context: { ...facts, dataDirectory: root, reason: "already_running" },
    fix: `Use the instance that is running, or end ${who} first`,
  });
}

/**
 * Claims the database's folder for this process. A claim of a process that no longer lives is taken over; whoever
 * starts at the same moment loses here, or at the latest at PostgreSQL's own lock.
 *
 * @throws AppError `database_unavailable` (`context.reason` is `already_running`) naming the process that has it.
 */
export async function claimOwnership(root: string, path: string): Promise<Ownership> {
  const record: OwnerRecord = { pid: process.pid, identity: await processIdentity(process.pid), claim: randomUUID() };
  while (!(await createOnce(path, record))) {
    const holder = await readOwner(path);
    if (holder !== undefined && (await isAlive(holder))) {
      throw alreadyRunning(root, { pid: holder.pid, ...(holder.url === undefined ? {} : { url: holder.url }) });
    }
    await takeAway(path, holder);
  }
  return {
    announce: (url) => replace(path, { ...record, url }),
    release: () => rm(path, { force: true }),
  };
}

async function isAlive(holder: OwnerRecord): Promise<boolean> {
  const identity = await processIdentity(holder.pid);
  return identity !== undefined && identity === holder.identity;
}

async function readOwner(path: string): Promise<OwnerRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as OwnerRecord;
  } catch {
    return undefined;
  }
}

/** Creates the file with its whole content in one step; false when there is one already. */
async function createOnce(path: string, record: OwnerRecord): Promise<boolean> {
  const draft = `${path}.${record.claim}`;
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function replace(path: string, record: OwnerRecord): Promise<void> {
  const draft = `${path}.${record.claim}`;
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  await rename(draft, path);
}

/** Removes a dead claim, unless somebody else took it over since we read it: then that one is put back. */
async function takeAway(path: string, stale: OwnerRecord | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const taken = await readOwner(aside);
  if (taken?.claim !== stale?.claim) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
