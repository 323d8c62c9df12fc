import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { type Environment, readEnvironment } from "../config/environment.ts";

/**
 * Where smoothsweep keeps what can be fetched or built again, shared by all clones: `$XDG_CACHE_HOME/smoothsweep`, or
 * `~/.cache/smoothsweep` when that is not an absolute path (the XDG rule). The folder may not exist yet.
 */
export function cacheDirectory(environment: Environment = readEnvironment()): string {
  const base = environment["XDG_CACHE_HOME"];
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), ".cache"), "smoothsweep");
}

/** Where a project keeps its own data, the embedded database above all: `<root>/.smoothsweep`. */
export function projectDataDirectory(root: string): string {
  return resolve(root, ".smoothsweep");
}
