import { createHash } from "node:crypto";
import { access, chmod, constants, mkdir, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { canReach, fallbackDirectory } from "./reachability.ts";
import type { ServerAccount } from "./serverAccount.ts";

/** The files of one embedded database. */
export interface ServerPlaces {
  /** Folder of all the others. */
  readonly root: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  /** Password of the database, mode 0600. */
  readonly password: string;
  /** Who runs the database now. */
  readonly owner: string;
}

/** The places within a folder. */
export function placesWithin(root: string): ServerPlaces {
  return {
    root,
    cluster: join(root, "cluster"),
    password: join(root, "password"),
    owner: join(root, "owner.json"),
  };
}

/**
 * Makes the folder of the database. When PostgreSQL runs as another account that cannot go there (a project under
 * /root), a folder under /var/tmp takes its place, the same one every time, and a notice says so.
 *
 * @throws AppError `database_unavailable` when the folder cannot be made or written to.
 */
export async function preparePlaces(
  dataDirectory: string,
  account: ServerAccount | undefined,
  onNotice: (message: string) => void,
): Promise<ServerPlaces> {
  const wanted = await makeWritable(resolve(dataDirectory));
  if (account === undefined) return placesWithin(wanted);
  await chmod(wanted, 0o711);
  if (await canReach(wanted, account)) return placesWithin(wanted);
  const name = `data-${createHash("sha256").update(wanted).digest("hex").slice(0, 12)}`;
  const fallback = await fallbackDirectory(name);
  onNotice(`the database is kept in ${fallback}, because PostgreSQL's account cannot reach ${wanted}`);
  return placesWithin(fallback);
}

async function makeWritable(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK | constants.X_OK);
    // One folder has one name, however one came to it: names are compared later.
    return await realpath(directory);
  } catch (cause) {
    throw new AppError("database_unavailable", `the database's folder ${directory} cannot be written to`, {
      cause,
      fix: "Give that folder to the user who runs this (an earlier run as root may have made it)",
    });
  }
}
