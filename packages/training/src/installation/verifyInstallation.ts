import { AppError } from "@smoothsweep/contracts";
import { type InstallableEngine, packageFolderOf } from "./engineFolders.ts";
import type { EngineTrial } from "./engineTrial.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { tryEngine } from "./tryEngine.ts";

/** An engine that has proven itself. */
export type VerifiedEngine = Extract<EngineTrial, { works: true }>;

async function verifyInstallation({ folder, signal }: StepContext, engine: InstallableEngine): Promise<VerifiedEngine> {
  const trial = await tryEngine(engine, { packageFolder: packageFolderOf(folder, engine), signal });
  if (signal?.aborted) throw new AppError("aborted", "the installation was aborted");
  if (trial.works) return trial;
  const again = `Run \`engines remove ${engine}\`, then install again; report the output if it stays.`;
  throw new AppError("engine_install_failed", trial.message, { fix: trial.fix ?? again });
}

/** Step that lets the installed engine prove itself in a child process: a library that does not fit may end it. */
export function verifyStep(engine: InstallableEngine, onVerified: (engine: VerifiedEngine) => void): InstallStep {
  return {
    id: "verify",
    title: "Checking the engine's numbers",
    always: true,
    run: async (context) => onVerified(await verifyInstallation(context, engine)),
  };
}
