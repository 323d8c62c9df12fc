import {
  type InstallationSource,
  listInstalledEngines,
  probeEngines,
  removeEngine,
} from "@smoothsweep/training/installation";
import type { Terminal } from "../terminal/terminal.ts";
import { installWithProgress } from "./ensureEngine.ts";

/** `smoothsweep engines install tensorflow` */
export function installEngineCommand(from: InstallationSource, terminal: Terminal): Promise<void> {
  return installWithProgress(from, terminal);
}

/** `smoothsweep engines list`: which there are, which `auto` would take, and why not the others. */
export function listEnginesCommand(terminal: Terminal): void {
  for (const { name, installed, chosen, version, location, reason, fix } of probeEngines()) {
    const state = chosen ? "chosen by auto" : installed ? "installed" : "not installed";
    terminal.print(`${name.padEnd(15)} ${state}${version === undefined ? "" : `, ${version}`}`);
    for (const line of [location, reason, fix]) if (line !== undefined) terminal.print(`${" ".repeat(16)}${line}`);
  }
}

/** `smoothsweep engines remove tensorflow`: removes what `engines install` has put into the cache. */
export async function removeEngineCommand(terminal: Terminal): Promise<void> {
  const before = listInstalledEngines().length;
  await removeEngine("tensorflow");
  terminal.print(before === 0 ? "nothing was installed" : "removed");
}
