import type { InstallableEngine } from "./engineFolders.ts";

/** The command that adds an engine. */
export function installCommand(engine: InstallableEngine): string {
  return `npm run smoothsweep -- engines install ${engine}`;
}
