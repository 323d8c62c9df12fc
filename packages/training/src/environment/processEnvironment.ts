import os from "node:os";
import path from "node:path";

/** The only file of this package that touches `process.env`. */

/** Sets variables that native libraries read when they are loaded; what the user has set wins. */
export function setEnvironmentDefaults(defaults: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
}

/** Environment of a child process: ours with some variables replaced. */
export function childEnvironment(changes: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** Where per-user caches lie: `$XDG_CACHE_HOME`, else `~/.cache` (XDG Base Directory Specification). */
export function cacheHome(): string {
  const configured = process.env["XDG_CACHE_HOME"];
  return configured !== undefined && path.isAbsolute(configured) ? configured : path.join(os.homedir(), ".cache");
}

/** A variable as it is now; empty counts as absent. */
export function processVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}
