import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { probeEngines } from "../installation/probeEngines.ts";
import { resolveEngine } from "./resolveEngine.ts";

test.each(["tensorflow-gpu", "webgpu"] as const)("%s names the command that installs it", async (name) => {
  const cache = mkdtempSync(path.join(tmpdir(), "smoothsweep-cache-"));
  vi.stubEnv("XDG_CACHE_HOME", cache);
  try {
    await expect(resolveEngine(name)).rejects.toMatchObject({
      code: "engine_unavailable",
      message: `\`${name}\` is not installed`,
      fix: `Run \`npm run smoothsweep -- engines install ${name}\`.`,
    });
  } finally {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true });
  }
});

test("auto loads the engine that the probe announced", async () => {
  const announced = probeEngines().find(({ chosen }) => chosen)?.name;
  const engine = await resolveEngine("auto");
  expect(engine.info.name).toBe(announced);
  engine.dispose();
});

test("an engine can be loaded again after it was disposed", async () => {
  (await resolveEngine("wasm")).dispose();
  const engine = await resolveEngine("wasm");
  expect(engine.info).toMatchObject({ name: "wasm", version: "4.22.0", device: "WebAssembly SIMD", threads: 1 });
  expect(engine.packCapacity).toBe(4);
  expect(engine.tf.tidy(() => engine.tf.add(1, 2).dataSync()[0])).toBe(3);
  engine.dispose();
});

test("the wasm engine leaves the process's handlers of uncaught errors alone", async () => {
  const handler = () => undefined;
  process.on("uncaughtException", handler);
  try {
    const before = [process.listeners("uncaughtException"), process.listeners("unhandledRejection")];
    const engine = await resolveEngine("wasm");
    expect([process.listeners("uncaughtException"), process.listeners("unhandledRejection")]).toEqual(before);
    engine.dispose();
    expect([process.listeners("uncaughtException"), process.listeners("unhandledRejection")]).toEqual(before);
  } finally {
    process.off("uncaughtException", handler);
  }
});
