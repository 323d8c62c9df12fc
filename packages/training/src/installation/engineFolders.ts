import path from "node:path";
import type { EngineName } from "@smoothsweep/contracts";
import { cacheHome } from "../environment/processEnvironment.ts";

/** The version of every TensorFlow.js package that is installed; also pinned in this package's dependencies. */
export const TFJS_VERSION = "4.22.0";

/** The version of TensorFlow whose C library the wheel way uses. */
export const TENSORFLOW_VERSION = "2.21.0";

/** The version of npm's `webgpu`: Dawn, Chromium's implementation of WebGPU, for Node. */
export const DAWN_VERSION = "0.6.2";

/** Engines that are installed on demand, into the user's cache. */
export const installableEngines = ["tensorflow-gpu", "webgpu", "tensorflow"] as const satisfies readonly EngineName[];
export type InstallableEngine = (typeof installableEngines)[number];

/** Where native parts come from: the C library of TensorFlow's Python wheel, or what the npm package brings or fetches. */
export const installationSources = ["wheel", "npm"] as const;
export type InstallationSource = (typeof installationSources)[number];

/** The sources that each engine can be had from, the preferred one first. */
export const sourcesOf: Readonly<Record<InstallableEngine, readonly InstallationSource[]>> = {
  "tensorflow-gpu": ["wheel", "npm"],
  webgpu: ["npm"],
  tensorflow: ["wheel", "npm"],
};

/** One way to one engine. */
export interface InstallationWay {
  readonly engine: InstallableEngine;
  readonly source: InstallationSource;
}

/** The ways to an engine, the preferred one first. */
export function installationWaysTo(engine: InstallableEngine): InstallationWay[] {
  return sourcesOf[engine].map((source) => ({ engine, source }));
}

/** A finished installation has this file; it is written last, after the self-test. */
export const MANIFEST = "installation.json";

/** Where engines are cached, for all clones of the repository: outside of any. */
export function enginesFolder(): string {
  return path.join(cacheHome(), "smoothsweep", "engines");
}

/** Where an installation that fits this process lies: its name has the versions, the platform and Node's ABI. */
export function installationFolder({ engine, source }: InstallationWay): string {
  const library = source === "wheel" ? `wheel-${TENSORFLOW_VERSION}` : "npm";
  const versions = engine === "webgpu" ? [DAWN_VERSION, `tfjs-${TFJS_VERSION}`] : [TFJS_VERSION, library];
  const machine = [process.platform, process.arch, `node-abi-${process.versions.modules}`];
  return path.join(enginesFolder(), [engine, ...versions, ...machine].join("-"));
}

const packageNames: Readonly<Record<InstallableEngine, string>> = {
  "tensorflow-gpu": "tfjs-node-gpu",
  webgpu: "tfjs-backend-webgpu",
  tensorflow: "tfjs-node",
};

/** The npm package with an engine's backend. */
export function packageNameOf(engine: InstallableEngine): string {
  return `@tensorflow/${packageNames[engine]}`;
}

/** The engine's backend package inside an installation. */
export function packageFolderOf(installation: string, engine: InstallableEngine): string {
  return path.join(installation, "node_modules", "@tensorflow", packageNames[engine]);
}
