import { cacheDirectory, readEnvironment } from "@smoothsweep/runtime";
import {
  type InstallableEngine,
  type InstallationSource,
  probeEngines,
  removeEngine,
} from "@smoothsweep/training/installation";
import { examinePackSizes } from "../doctor/examinePackSizes.ts";
import { renderPackSizes } from "../doctor/renderPackSizes.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { installWithProgress } from "./ensureEngine.ts";

/** `smoothsweep engines install ENGINE` */
export function installEngineCommand(
  engine: InstallableEngine,
  flags: { from?: InstallationSource },
  terminal: Terminal,
): Promise<void> {
  return installWithProgress(engine, flags, terminal);
}

/** `smoothsweep engines list`: which there are, which `auto` would take, why not the others, and the pack sizes measured here. */
export function listEnginesCommand(terminal: Terminal): void {
  for (const { name, installed, chosen, version, location, reason, fix } of probeEngines()) {
    const state = chosen ? "chosen by auto" : installed ? "installed" : "not installed";
    terminal.print(`${name.padEnd(15)} ${state}${version === undefined ? "" : `, ${version}`}`);
    for (const line of [location, reason, fix]) if (line !== undefined) terminal.print(`${" ".repeat(16)}${line}`);
  }
  terminal.print("\nPack sizes measured on this machine:");
  for (const line of renderPackSizes(examinePackSizes(cacheDirectory(readEnvironment())))) terminal.print(line);
}

/** `smoothsweep engines remove ENGINE`: removes what `engines install` has put into the cache. */
export async function removeEngineCommand(engine: InstallableEngine, terminal: Terminal): Promise<void> {
  const removed = await removeEngine(engine);
  if (removed.length === 0) terminal.print(`${engine}: nothing was installed`);
  for (const folder of removed) terminal.print(`removed ${folder}`);
}
