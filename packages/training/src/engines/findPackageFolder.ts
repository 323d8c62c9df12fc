import { AppError } from "@smoothsweep/contracts";
import type { InstallableEngine } from "../installation/engineFolders.ts";
import { installCommand } from "../installation/installCommand.ts";
import { locateEngine } from "../installation/locateEngine.ts";
import type { EngineOptions } from "./engine.ts";

/**
 * Where an engine's package lies.
 * @throws AppError `engine_unavailable` with the command that installs it
 */
export function findPackageFolder(engine: InstallableEngine, { packageFolder }: EngineOptions): string {
  const found = packageFolder ?? locateEngine(engine)?.packageFolder;
  if (found !== undefined) return found;
  throw new AppError("engine_unavailable", `\`${engine}\` is not installed`, {
    fix: `Run \`${installCommand(engine)}\`.`,
  });
}
