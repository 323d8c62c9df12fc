import type { EngineName } from "@smoothsweep/contracts";
import {
  automaticOrder,
  canInstallEngine,
  type EngineProbe,
  type EngineTrial,
  type InstallableEngine,
  installableEngines,
  installationWaysTo,
  probeEngines,
  tryEngine,
} from "@smoothsweep/training/installation";
import type { EngineFinding } from "./examination.ts";

type Tried = { readonly probe: EngineProbe; readonly trial: EngineTrial | undefined };

function isInstallable(name: EngineName): name is InstallableEngine {
  return (installableEngines as readonly EngineName[]).includes(name);
}

/** What an engine lacks to be installed here, by the way that lacks least; undefined when a way is open. */
async function obstacleTo(engine: InstallableEngine): Promise<string | undefined> {
  const checks = await Promise.all(installationWaysTo(engine).map(canInstallEngine));
  if (checks.some(({ possible }) => possible)) return undefined;
  const [least] = checks.toSorted((a, b) => a.missing.length - b.missing.length);
  return least?.missing.join(", ");
}

async function describeMissing({ name, reason, fix }: EngineProbe): Promise<EngineFinding> {
  const obstacle = isInstallable(name) ? await obstacleTo(name) : undefined;
  return {
    name,
    state: "not installed",
    chosen: false,
    reason: obstacle === undefined ? `${reason}` : `${reason}; to install it this machine lacks ${obstacle}`,
    ...(fix !== undefined && { fix }),
  };
}

function whyNotChosen(name: EngineName, trial: { isSoftware: boolean }, chosen: EngineName | undefined): string {
  if (!automaticOrder.includes(name)) return "it is the reference and serves by name only";
  if (trial.isSoftware) return "its device is software, not a GPU";
  return `auto prefers ${chosen}`;
}

function describeTried({ probe: { name }, trial }: Tried, chosen: EngineName | undefined): EngineFinding {
  if (!trial?.works) {
    const { message, fix } = trial ?? { message: "it was not tried" };
    return { name, state: "fails", chosen: false, reason: message, ...(fix !== undefined && { fix }) };
  }
  const { info, memoryBytes, selfTestSeconds } = trial;
  const told = {
    name,
    state: "works",
    version: info.version,
    device: info.device,
    ...(memoryBytes !== undefined && { memoryBytes }),
    selfTestSeconds,
  } as const;
  if (name === chosen) return { ...told, chosen: true };
  const reason = whyNotChosen(name, trial, chosen);
  return { ...told, chosen: false, reason, fix: `Use \`--engine ${name}\`.` };
}

/** Whether `auto` would take an engine that was tried. */
function isEligible({ trial }: Tried): boolean {
  return trial?.works === true && !trial.isSoftware;
}

/**
 * Tries every installed engine, each in a process of its own and one after another, so that they do not share the
 * cores; and says of the others what would add them.
 *
 * @param onTry told before each trial
 */
export async function examineEngines(onTry: (engine: EngineName) => void): Promise<EngineFinding[]> {
  const tried: Tried[] = [];
  for (const probe of probeEngines()) {
    if (probe.installed) onTry(probe.name);
    tried.push({ probe, trial: probe.installed ? await tryEngine(probe.name) : undefined });
  }
  const eligible = new Set(tried.filter(isEligible).map(({ probe }) => probe.name));
  const chosen = automaticOrder.find((name) => eligible.has(name));
  return Promise.all(
    tried.map((one) => (one.probe.installed ? describeTried(one, chosen) : describeMissing(one.probe))),
  );
}
