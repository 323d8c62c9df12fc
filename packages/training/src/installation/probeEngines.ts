import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { type EngineName, engineNames } from "@smoothsweep/contracts";
import { automaticOrder } from "./automaticOrder.ts";
import type { InstallableEngine } from "./engineFolders.ts";
import { installCommand } from "./installCommand.ts";
import { locateEngine } from "./locateEngine.ts";
import { mayHaveNvidiaDevice } from "./nvidiaDevices.ts";

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

type Finding = Omit<EngineProbe, "name" | "chosen"> & {
  /** Why `auto` passes it by although it is installed. */
  readonly objection?: string;
};

function versionOf(packageFolder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}

function findPackage(packageName: string): Finding {
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
    return { installed: true, location: folder, version: versionOf(folder) };
  } catch {
    return { installed: false, reason: `the package ${packageName} is missing`, fix: "Run `npm ci`." };
  }
}

const whyMissing: Readonly<Record<InstallableEngine, string>> = {
  "tensorflow-gpu": "tfjs-node-gpu with its native library is neither in node_modules nor in the cache",
  webgpu: "Dawn and tfjs's backend for it are not in the cache",
  tensorflow: "tfjs-node with its native library is neither in node_modules nor in the cache",
};

function findInstalled(engine: InstallableEngine): Finding {
  const location = locateEngine(engine);
  if (!location) {
    return { installed: false, reason: whyMissing[engine], fix: `Run \`${installCommand(engine)}\`.` };
  }
  const { packageFolder, manifest } = location;
  const found = { installed: true, location: packageFolder, version: versionOf(packageFolder) };
  if (engine === "tensorflow-gpu" && !mayHaveNvidiaDevice()) {
    return { ...found, objection: "no CUDA device found" };
  }
  if (manifest?.isSoftware) return { ...found, objection: `${manifest.device} is software, not a GPU` };
  return found;
}

function find(name: EngineName): Finding {
  if (name === "wasm") return findPackage("@tensorflow/tfjs-backend-wasm");
  if (name === "cpu") return findPackage("@tensorflow/tfjs-backend-cpu");
  return findInstalled(name);
}

function whyNotChosen(name: EngineName, objection: string | undefined, chosen: EngineName | undefined): string {
  if (objection !== undefined) return objection;
  return automaticOrder.includes(name) ? `\`auto\` prefers ${chosen}` : "it is the reference and serves by name only";
}

/**
 * Every engine: whether it is installed, whether `auto` would choose it, why not, and what to do about it.
 * Looks at files only and never loads TensorFlow.js: of a GPU it knows what was found when the engine was installed.
 * Whether an engine works and computes right is for `tryEngine` to say.
 */
export function probeEngines(): EngineProbe[] {
  const findings = new Map(engineNames.map((name) => [name, find(name)]));
  const chosen = automaticOrder.find((name) => {
    const finding = findings.get(name);
    return finding?.installed && finding.objection === undefined;
  });
  return engineNames.map((name) => {
    const { objection, ...finding } = findings.get(name) as Finding;
    if (!finding.installed || name === chosen) return { name, chosen: name === chosen, ...finding };
    const reason = whyNotChosen(name, objection, chosen);
    return { name, chosen: false, ...finding, reason, fix: `Use \`--engine ${name}\`.` };
  });
}
