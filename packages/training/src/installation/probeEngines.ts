import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { type EngineName, engineNames } from "@smoothsweep/contracts";
import { automaticOrder } from "./automaticOrder.ts";
import { installCommand } from "./installCommand.ts";
import { locateTensorflow } from "./locateTensorflow.ts";
import { unavailableReasons } from "./unavailableReasons.ts";

/** What can be said of an engine without loading it. */
export interface EngineProbe {
  readonly name: EngineName;
  readonly installed: boolean;
  /** Whether `auto` would choose it here. */
  readonly chosen: boolean;
  /** Where it would be loaded from. */
  readonly location?: string;
  readonly version?: string;
  /** Why it cannot be used, or why `auto` does not choose it. */
  readonly reason?: string;
  /** The command or setting that would change that. */
  readonly fix?: string;
}

type Finding = Omit<EngineProbe, "name" | "chosen">;

function versionOf(packageFolder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}

function probePackage(packageName: string): Finding {
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
    return { installed: true, location: folder, version: versionOf(folder) };
  } catch {
    return { installed: false, reason: `the package ${packageName} is missing`, fix: "Run `npm ci`." };
  }
}

function probeTensorflow(): Finding {
  const location = locateTensorflow();
  if (location) {
    const { packageFolder } = location;
    return { installed: true, location: packageFolder, version: versionOf(packageFolder) };
  }
  return {
    installed: false,
    reason: "tfjs-node with its native library is neither in node_modules nor in the cache",
    fix: `Run \`${installCommand("tensorflow")}\`.`,
  };
}

function find(name: EngineName): Finding {
  switch (name) {
    case "tensorflow-gpu":
    case "webgpu":
      return { installed: false, ...unavailableReasons[name] };
    case "tensorflow":
      return probeTensorflow();
    case "wasm":
      return probePackage("@tensorflow/tfjs-backend-wasm");
    case "cpu":
      return probePackage("@tensorflow/tfjs-backend-cpu");
  }
}

/**
 * Every engine: whether it is installed, whether `auto` would choose it, why not, and what to do about it.
 * Looks at files only and never loads TensorFlow.js; whether an engine computes right is for the self-test to say.
 */
export function probeEngines(): EngineProbe[] {
  const findings = new Map(engineNames.map((name) => [name, find(name)]));
  const chosen = automaticOrder.find((name) => findings.get(name)?.installed);
  return engineNames.map((name) => {
    const finding = findings.get(name) as Finding;
    if (!finding.installed || name === chosen) return { name, chosen: name === chosen, ...finding };
    const reason = automaticOrder.includes(name)
      ? `\`auto\` prefers ${chosen}`
      : "it is the reference and serves by name only";
    return { name, chosen: false, ...finding, reason, fix: `Use \`--engine ${name}\`.` };
  });
}
