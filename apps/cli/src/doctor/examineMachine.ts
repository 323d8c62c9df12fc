import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { describeMachine, formatBytes } from "@smoothsweep/runtime";
import type { Finding } from "./examination.ts";

/** The oldest Node that serves: `engines` of package.json. */
const NODE_MIN = [20, 19] as const;

/** @param version as `process.version`: `v20.19.0` */
export function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const ok = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  const text = `Node ${version}`;
  return ok ? { ok, text } : { ok, text, fix: `Install Node ${NODE_MIN.join(".")} or newer.` };
}

export function examineMachine(): Finding {
  const { cores, cpuModel, memoryBytes, freeMemoryBytes, platform } = describeMachine();
  const memory = `${formatBytes(memoryBytes)} of memory, ${formatBytes(freeMemoryBytes)} free`;
  return { ok: true, text: `${platform}, ${cores} cores (${cpuModel}), ${memory}` };
}

/** A folder, or where it would be made. Makes nothing. */
export function examineFolder(folder: string): Finding {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return { ok: true, text: `${folder} ${existing === folder ? "is writable" : "can be made"}` };
  } catch {
    return { ok: false, text: `${folder} cannot be written`, fix: `Give this user the right to write to ${existing}.` };
  }
}
