import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { canInstallEngine } from "./canInstallEngine.ts";
import { enginesFolder, installationFolder, MANIFEST, packageFolderOf } from "./engineFolders.ts";
import { withLock } from "./installationLock.ts";
import { installEngine } from "./installEngine.ts";
import { listInstalledEngines } from "./listInstalledEngines.ts";
import { locateEngine } from "./locateEngine.ts";
import { type InstallationManifest, writeManifest } from "./manifest.ts";
import { mayHaveNvidiaDevice } from "./nvidiaDevices.ts";
import { probeEngines } from "./probeEngines.ts";
import { removeEngine } from "./removeEngine.ts";
import { runCommand } from "./runCommand.ts";

const manifest = {
  engine: "tensorflow",
  source: "wheel",
  tfjsVersion: "4.22.0",
  libraryVersion: "2.21.0",
  installedAt: "2026-01-01T00:00:00.000Z",
  seconds: 42,
} as const;

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), "smoothsweep-cache-"));
  vi.stubEnv("XDG_CACHE_HOME", cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true, force: true });
});

async function pretendInstalled(changes: Partial<InstallationManifest> = {}): Promise<string> {
  const installed = { ...manifest, ...changes };
  const folder = installationFolder(installed);
  const packageFolder = packageFolderOf(folder, installed.engine);
  await mkdir(packageFolder, { recursive: true });
  await writeFile(path.join(packageFolder, "package.json"), JSON.stringify({ version: "4.22.0" }));
  await writeManifest(folder, installed);
  return folder;
}

describe("the cache of engines", () => {
  test("is empty at first: tensorflow is not installed, and wasm would be chosen", () => {
    expect(listInstalledEngines()).toEqual([]);
    const probes = probeEngines();
    const byName = Object.fromEntries(probes.map((probe) => [probe.name, probe]));
    if (locateEngine("tensorflow")?.source === "repository") return;
    expect(byName["tensorflow"]).toMatchObject({ installed: false, fix: expect.stringContaining("engines install") });
    expect(probes.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(["wasm"]);
  });

  test("lists, locates and removes a finished installation", async () => {
    const folder = await pretendInstalled();
    expect(listInstalledEngines()).toEqual([{ ...manifest, folder, fits: true }]);
    const packageFolder = packageFolderOf(folder, "tensorflow");
    expect(locateEngine("tensorflow")).toEqual({ source: "wheel", packageFolder, manifest });
    expect(probeEngines().find(({ chosen }) => chosen)?.name).toBe("tensorflow");
    expect(await removeEngine("tensorflow")).toEqual([folder]);
    expect(listInstalledEngines()).toEqual([]);
  });

  test("does not count an installation that was interrupted", async () => {
    const folder = await pretendInstalled();
    await rm(path.join(folder, MANIFEST));
    expect(listInstalledEngines()).toEqual([]);
    expect(locateEngine("tensorflow")?.source).not.toBe("wheel");
  });

  test("removes only the engine that was named", async () => {
    await mkdir(path.join(enginesFolder(), "tensorflow-gpu-4.22.0"), { recursive: true });
    expect(await removeEngine("tensorflow")).toEqual([]);
    expect(await readdir(enginesFolder())).toEqual(["tensorflow-gpu-4.22.0"]);
  });

  test("an engine that is installed is not installed again", async () => {
    await pretendInstalled();
    const onProgress = vi.fn();
    expect(await installEngine("tensorflow", { onProgress })).toEqual(manifest);
    expect(onProgress).not.toHaveBeenCalled();
  });

  test("an engine that was tested on a GPU is preferred by auto; one that was tested on software is not", async () => {
    const chosen = () => probeEngines().find((probe) => probe.chosen)?.name;
    await pretendInstalled();
    await pretendInstalled({ engine: "webgpu", source: "npm", device: "SwiftShader", isSoftware: true });
    expect(chosen()).toBe("tensorflow");
    expect(probeEngines().find(({ name }) => name === "webgpu")).toMatchObject({
      installed: true,
      reason: "SwiftShader is software, not a GPU",
      fix: "Use `--engine webgpu`.",
    });
    await pretendInstalled({ engine: "webgpu", source: "npm", device: "Radeon", isSoftware: false });
    expect(chosen()).toBe("webgpu");
  });

  test.skipIf(mayHaveNvidiaDevice())("auto passes by tensorflow-gpu where there is no CUDA device", async () => {
    await pretendInstalled({ engine: "tensorflow-gpu", source: "npm" });
    await pretendInstalled();
    const probes = Object.fromEntries(probeEngines().map((probe) => [probe.name, probe]));
    expect(probes["tensorflow-gpu"]).toMatchObject({ installed: true, chosen: false, reason: "no CUDA device found" });
    expect(probes["tensorflow"]).toMatchObject({ chosen: true });
  });
});

describe("canInstallEngine", () => {
  test("names what is missing", async () => {
    vi.stubEnv("PATH", cache);
    vi.stubEnv("CXX", "");
    const { possible, missing, fix } = await canInstallEngine({ engine: "tensorflow", source: "wheel" });
    expect(possible).toBe(false);
    expect(missing).toEqual(expect.arrayContaining(["python3", "a C++ compiler (g++)", "make"]));
    expect(fix).toContain("apt-get install");
    await expect(installEngine("tensorflow")).rejects.toMatchObject({
      code: "engine_install_failed",
      context: { missing },
    });
  });
});

describe("installEngine", () => {
  test.skipIf(mayHaveNvidiaDevice())("does not begin to install tensorflow-gpu without a CUDA device", async () => {
    const onProgress = vi.fn();
    for (const from of ["wheel", "npm"] as const) {
      await expect(installEngine("tensorflow-gpu", { from, onProgress })).rejects.toMatchObject({
        code: "engine_install_failed",
        message: expect.stringContaining("no CUDA device found"),
        fix: expect.stringContaining("driver"),
      });
    }
    expect(onProgress).not.toHaveBeenCalled();
    expect(listInstalledEngines()).toEqual([]);
  });

  test("names the sources that an engine can be had from", async () => {
    await expect(installEngine("webgpu", { from: "wheel" })).rejects.toMatchObject({
      code: "engine_install_failed",
      fix: "Use `--from npm`.",
    });
  });
});

describe("runCommand", () => {
  test("reports a failing program with its arguments, the end of its output and the fix", async () => {
    const script = "console.error('first'); console.error('the reason'); process.exit(3)";
    await expect(runCommand(process.execPath, ["-e", script], { fix: "Mend it." })).rejects.toMatchObject({
      code: "engine_install_failed",
      message: expect.stringMatching(/ended with 3[\s\S]*the reason/),
      fix: "Mend it.",
      context: { tail: ["first", "the reason"] },
    });
  });

  test("reports a program that does not exist", async () => {
    const missing = path.join(cache, "missing");
    await expect(runCommand(missing, [], {})).rejects.toMatchObject({ code: "engine_install_failed" });
  });

  test("ends the program when it is aborted", async () => {
    const controller = new AbortController();
    const running = runCommand(process.execPath, ["-e", "console.log('up'); setInterval(() => {}, 1000)"], {
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("withLock", () => {
  test("lets one in at a time", async () => {
    const file = path.join(cache, "engines", "x.lock");
    const events: string[] = [];
    const enter = (name: string) =>
      withLock(file, {}, async () => {
        events.push(`${name} in`);
        await readdir(cache);
        events.push(`${name} out`);
      });
    await Promise.all([enter("a"), enter("b")]);
    const [first] = events[0]?.split(" ") ?? [];
    const second = first === "a" ? "b" : "a";
    expect(events).toEqual([`${first} in`, `${first} out`, `${second} in`, `${second} out`]);
    expect(existsSync(file)).toBe(false);
  });

  test("takes over the lock of a process that died", async () => {
    const file = path.join(cache, "x.lock");
    // Process ids end at 2^22 on Linux.
    await writeFile(file, String(2 ** 30));
    await expect(withLock(file, {}, async () => "done")).resolves.toBe("done");
  });

  test("is released when the work fails", async () => {
    const file = path.join(cache, "x.lock");
    const failing = withLock(file, {}, async () => {
      throw new Error("disk full");
    });
    await expect(failing).rejects.toThrow("disk full");
    expect(existsSync(file)).toBe(false);
  });
});

describe("the entry @smoothsweep/training/installation", () => {
  /** Files that a module's static imports reach, and the packages that they name. */
  function reach(file: string, seen = new Map<string, string[]>()): Map<string, string[]> {
    if (seen.has(file)) return seen;
    const imports = [...readFileSync(file, "utf8").matchAll(/^(?:import|export)(?! type)[^;]*?from "([^"]+)"/gms)];
    const names = imports.map(([, name]) => name as string);
    seen.set(file, names);
    for (const name of names) if (name.startsWith(".")) reach(path.resolve(path.dirname(file), name), seen);
    return seen;
  }

  test("never loads TensorFlow.js", () => {
    const modules = reach(path.join(import.meta.dirname, "index.ts"));
    expect(modules.size).toBeGreaterThan(10);
    expect([...modules.values()].flat().filter((name) => name.includes("tensorflow/"))).toEqual([]);
  });
});
