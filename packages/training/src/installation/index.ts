/** What can be said and done about engines without loading TensorFlow.js. */
export { automaticOrder } from "./automaticOrder.ts";
export { canInstallEngine, type InstallationCheck } from "./canInstallEngine.ts";
export {
  enginesFolder,
  type InstallableEngine,
  type InstallationSource,
  type InstallationWay,
  installableEngines,
  installationSources,
  installationWaysTo,
} from "./engineFolders.ts";
export type { EngineTrial } from "./engineTrial.ts";
export { installCommand } from "./installCommand.ts";
export { type InstallOptions, installEngine } from "./installEngine.ts";
export type { InstallProgress } from "./installStep.ts";
export { type InstalledEngine, listInstalledEngines } from "./listInstalledEngines.ts";
export type { InstallationManifest } from "./manifest.ts";
export { type NvidiaDevice, readNvidiaDevices } from "./nvidiaDevices.ts";
export { type EngineProbe, probeEngines } from "./probeEngines.ts";
export { removeEngine } from "./removeEngine.ts";
export { tryEngine } from "./tryEngine.ts";
