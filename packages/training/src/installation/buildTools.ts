import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { childEnvironment, processVariable } from "../environment/processEnvironment.ts";
import { runCommand } from "./runCommand.ts";

/** First program of that name on PATH. */
export function findProgram(name: string): string | undefined {
  const folders = (processVariable("PATH") ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((candidate) => existsSync(candidate));
}

/** Folder of npm's own package: of the npm that runs us, else of the one on PATH. */
function npmFolder(): string | undefined {
  const running = processVariable("npm_execpath");
  const script = running?.endsWith("npm-cli.js") ? running : findProgram("npm");
  return script === undefined ? undefined : path.resolve(realpathSync(script), "..", "..");
}

/** The script of npm, to be run by this Node. */
export function npmScript(): string | undefined {
  const folder = npmFolder();
  const script = folder && path.join(folder, "bin", "npm-cli.js");
  return script && existsSync(script) ? script : undefined;
}

/** The script of node-gyp: the dependency tree's, else the one that npm brings. */
export function nodeGypScript(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("node-gyp/bin/node-gyp.js");
  } catch {
    const folder = npmFolder();
    const script = folder && path.join(folder, "node_modules", "node-gyp", "bin", "node-gyp.js");
    return script && existsSync(script) ? script : undefined;
  }
}

/**
 * Environment for npm and node-gyp in a folder of their own: the user's npm configuration stays, but what `npm run` in
 * this repository adds (its workspace, its prefix) does not apply there.
 */
export function packageManagerEnvironment(): NodeJS.ProcessEnv {
  const inherited =
    /^npm_(package|lifecycle|command|config_(local_prefix|prefix|workspaces?|include_workspace_root)$)/i;
  return Object.fromEntries(Object.entries(childEnvironment()).filter(([name]) => !inherited.test(name)));
}

/**
 * Where Node's C headers lie: the user's npm configuration `nodedir`, else beside this Node. Undefined when node-gyp has
 * to download them.
 */
export async function nodeHeadersFolder(npm: string): Promise<string | undefined> {
  const env = packageManagerEnvironment();
  const configured = (await runCommand(process.execPath, [npm, "config", "get", "nodedir"], { env })).trim();
  const besideNode = path.resolve(process.execPath, "..", "..");
  const candidates = configured === "" || configured === "undefined" ? [besideNode] : [configured, besideNode];
  return candidates.find((folder) => existsSync(path.join(folder, "include", "node", "node_api.h")));
}
