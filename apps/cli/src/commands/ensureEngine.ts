import { type EngineChoice, toAppError } from "@smoothsweep/contracts";
import { formatBytes } from "@smoothsweep/runtime";
import {
  canInstallEngine,
  type InstallableEngine,
  type InstallationSource,
  type InstallProgress,
  installCommand,
  installEngine,
  probeEngines,
} from "@smoothsweep/training/installation";
import type { Terminal } from "../terminal/terminal.ts";

const WASM_COSTS = "wasm trains here: it needs no installation and is a few times slower than the tensorflow engine";

/**
 * Makes sure that the best engine that can be had without asking serves: with `auto` and no native engine yet, installs
 * TensorFlow when this machine has what that takes. Whatever happens, an engine is left.
 */
export async function ensureEngine(choice: EngineChoice, terminal: Terminal): Promise<void> {
  if (choice === "wasm") terminal.notice(`engine: ${WASM_COSTS}`);
  if (choice !== "auto") return;
  const chosen = probeEngines().find((probe) => probe.chosen);
  if (chosen !== undefined && chosen.name !== "wasm") {
    terminal.notice(`engine: ${chosen.name} ${chosen.version ?? ""}`.trimEnd());
    return;
  }
  terminal.notice("engine: tfjs-node is not installed (its own download did not work when npm installed it)");
  const check = await canInstallEngine({ engine: "tensorflow", source: "wheel" });
  if (!check.possible) {
    terminal.notice(
      `engine: it cannot be built here, missing: ${check.missing.join(", ")}. ${check.fix ?? ""}`.trimEnd(),
    );
    terminal.notice(`engine: ${WASM_COSTS}`);
    return;
  }
  terminal.notice(`engine: running \`${installCommand("tensorflow")}\`, once for all clones`);
  try {
    await installWithProgress("tensorflow", { from: "wheel" }, terminal);
  } catch (error) {
    terminal.notice(`engine: ${toAppError(error).message}`);
    terminal.notice(`engine: ${WASM_COSTS}`);
  }
}

/** Installs an engine with a live line; resolves when its self-test has passed. */
export async function installWithProgress(
  engine: InstallableEngine,
  flags: { from?: InstallationSource },
  terminal: Terminal,
): Promise<void> {
  const line = terminal.progress();
  const { libraryVersion, device, isSoftware } = await installEngine(engine, {
    from: flags.from,
    onProgress: (progress) => line.update(`engine: ${describe(progress)}`),
  }).finally(() => line.finish());
  const place = device === undefined ? "" : ` on ${device}`;
  terminal.notice(`engine: ${engine} ${libraryVersion} is installed and has proven itself${place}`);
  if (isSoftware)
    terminal.notice(`engine: that is software, not a GPU: \`--engine ${engine}\` takes it, auto does not`);
}

function describe({ step, index, count, bytes, totalBytes }: InstallProgress): string {
  const position = count > 0 ? `${index}/${count} ` : "";
  if (bytes === undefined) return `${position}${step}`;
  const total = totalBytes === undefined ? "" : ` of ${formatBytes(totalBytes)}`;
  return `${position}${step}, ${formatBytes(bytes)}${total}`;
}
