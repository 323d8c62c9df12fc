import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { canInstallTensorflow } from "./canInstallTensorflow.ts";
import { enginesFolder, installationFolder, MANIFEST, packageFolderOf } from "./engineFolders.ts";
import { withLock } from "./installationLock.ts";
import { installTensorflow } from "./installTensorflow.ts";
import { listInstalledEngines } from "./listInstalledEngines.ts";
import { locateTensorflow } from "./locateTensorflow.ts";
import { writeManifest } from "./manifest.ts";
import { probeEngines } from "./probeEngines.ts";
import { removeEngine } from "./removeEngine.ts";
import { runCommand } from "./runCommand.ts";

const manifest = {
  engine: "tensorflow",
  source: "wheel",
  tfjsNodeVersion: "4.22.0",
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

async function pretendInstalled(): Promise<string> {
  const folder = installationFolder("wheel");
  await mkdir(packageFolderOf(folder), { recursive: true });
  await writeFile(path.join(packageFolderOf(folder), "package.json"), JSON.stringify({ version: "4.22.0" }));
  await writeManifest(folder, manifest);
  return folder;
}

describe("the cache of engines", () => {
  test("is empty at first: tensorflow is not installed, and wasm would be chosen", () => {
    expect(listInstalledEngines()).toEqual([]);
    const probes = probeEngines();
    const byName = Object.fromEntries(probes.map((probe) => [probe.name, probe]));
    if (locateTensorflow()?.source === "repository") return;
    expect(byName["tensorflow"]).toMatchObject({ installed: false, fix: expect.stringContaining("engines install") });
    expect(probes.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(["wasm"]);
  });

  test("lists, locates and removes a finished installation", async () => {
    const folder = await pretendInstalled();
    expect(listInstalledEngines()).toEqual([{ ...manifest, folder, fits: true }]);
    expect(locateTensorflow()).toEqual({ source: "wheel", packageFolder: packageFolderOf(folder) });
    expect(probeEngines().find(({ chosen }) => chosen)?.name).toBe("tensorflow");
    expect(await removeEngine("tensorflow")).toEqual([folder]);
    expect(listInstalledEngines()).toEqual([]);
  });

  test("does not count an installation that was interrupted", async () => {
    const folder = await pretendInstalled();
    await rm(path.join(folder, MANIFEST));
    expect(listInstalledEngines()).toEqual([]);
    expect(locateTensorflow()?.source).not.toBe("wheel");
  });

  test("removes only the engine that was named", async () => {
    await mkdir(path.join(enginesFolder(), "tensorflow-gpu-4.22.0"), { recursive: true });
    expect(await removeEngine("tensorflow")).toEqual([]);
    expect(await readdir(enginesFolder())).toEqual(["tensorflow-gpu-4.22.0"]);
  });

  test("an engine that is installed is not installed again", async () => {
    await pretendInstalled();
    const onProgress = vi.fn();
    expect(await installTensorflow({ onProgress })).toEqual(manifest);
    expect(onProgress).not.toHaveBeenCalled();
  });
});

describe("canInstallTensorflow", () => {
  test("names what is missing", async () => {
    vi.stubEnv("PATH", cache);
    vi.stubEnv("CXX", "");
    const { possible, missing, fix } = await canInstallTensorflow();
    expect(possible).toBe(false);
    expect(missing).toEqual(expect.arrayContaining(["python3", "a C++ compiler (g++)", "make"]));
    expect(fix).toContain("apt-get install");
    await expect(installTensorflow()).rejects.toMatchObject({ code: "engine_install_failed", context: { missing } });
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
