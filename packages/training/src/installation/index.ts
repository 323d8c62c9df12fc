/** What can be said and done about engines without loading TensorFlow.js. */
export { automaticOrder } from "./automaticOrder.ts";
export { canInstallTensorflow, type InstallationCheck } from "./canInstallTensorflow.ts";
export { enginesFolder, type InstallationSource, installationSources } from "./engineFolders.ts";
export { installCommand } from "./installCommand.ts";
export type { InstallProgress } from "./installStep.ts";
export { type InstallOptions, installTensorflow } from "./installTensorflow.ts";
export { type InstalledEngine, listInstalledEngines } from "./listInstalledEngines.ts";
export type { InstallationManifest } from "./manifest.ts";
export { type EngineProbe, probeEngines } from "./probeEngines.ts";
export { removeEngine } from "./removeEngine.ts";
