import type { EngineName } from "@smoothsweep/contracts";

/** The command that adds an engine. */
export function installCommand(engine: EngineName): string {
  return `npm run smoothsweep -- engines install ${engine}`;
}
