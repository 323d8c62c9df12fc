import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cudaRequirements, unpackCuda } from "./cudaLibraries.ts";
import { packageNameOf, TFJS_VERSION } from "./engineFolders.ts";
import { readTrial, trialMark } from "./engineTrial.ts";
import { hasNvidiaDevice, parseNvidiaDevices } from "./nvidiaDevices.ts";
import { dawnStep } from "./pruneDawn.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "smoothsweep-gpu-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Wheels are zip files; files are given as path -> content. */
function writeWheel(name: string, files: Record<string, string>): string {
  const script =
    "import json, sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w') as z:\n" +
    "  for name, text in json.loads(sys.argv[2]).items(): z.writestr(name, text)";
  const wheel = path.join(folder, name);
  execFileSync("python3", ["-c", script, wheel, JSON.stringify(files)]);
  return wheel;
}

describe("NVIDIA devices", () => {
  test("are seen by the files of their driver", async () => {
    expect(hasNvidiaDevice(folder)).toBe(false);
    await mkdir(path.join(folder, "dev"));
    // The driver's control file is there without any device, too.
    await writeFile(path.join(folder, "dev", "nvidiactl"), "");
    expect(hasNvidiaDevice(folder)).toBe(false);
    await writeFile(path.join(folder, "dev", "nvidia0"), "");
    expect(hasNvidiaDevice(folder)).toBe(true);
  });

  test("have a name and a memory in nvidia-smi's table", () => {
    const table = "NVIDIA H100 80GB HBM3, 81559\nNVIDIA GeForce RTX 3060, Laptop, 6144\n";
    expect(parseNvidiaDevices(table)).toEqual([
      { name: "NVIDIA H100 80GB HBM3", memoryBytes: 81559 * 2 ** 20 },
      { name: "NVIDIA GeForce RTX 3060, Laptop", memoryBytes: 6144 * 2 ** 20 },
    ]);
    expect(parseNvidiaDevices("No devices were found\n")).toEqual([]);
  });
});

describe("the CUDA libraries of a TensorFlow wheel", () => {
  const metadata = [
    "Requires-Dist: numpy>=1.26",
    'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
    'Requires-Dist: nvidia-nccl-cu12<3.0,>=2.27.7; extra == "and-cuda"',
    'Requires-Dist: tensorflow-io; extra == "gcs-filesystem"',
  ].join("\n");

  test("are those that the wheel itself asks for", async () => {
    const wheel = writeWheel("tensorflow-2.21.0.whl", { "tensorflow-2.21.0.dist-info/METADATA": metadata });
    expect(await cudaRequirements(wheel)).toEqual([
      "nvidia-cublas-cu12<13.0,>=12.5.3.2",
      "nvidia-nccl-cu12<3.0,>=2.27.7",
    ]);
  });

  test("must be named, else the wheel is no GPU wheel", async () => {
    const wheel = writeWheel("tensorflow-2.21.0.whl", { "tensorflow-2.21.0.dist-info/METADATA": "Name: tensorflow" });
    await expect(cudaRequirements(wheel)).rejects.toMatchObject({ code: "engine_install_failed" });
  });

  test("are laid into one folder, and nothing else of their wheels", async () => {
    writeWheel("nvidia_cublas_cu12.whl", {
      "nvidia/cublas/lib/libcublas.so.12": "cublas",
      "nvidia/cublas/include/cublas.h": "header",
      "nvidia/cublas/lib/../../../outside.so": "outside",
    });
    writeWheel("nvidia_cuda_runtime.whl", { "nvidia/cu13/lib/libcudart.so.13": "cudart" });
    const libraries = path.join(folder, "lib");
    await mkdir(libraries);
    await unpackCuda(folder, libraries);
    expect((await readdir(libraries)).sort()).toEqual(["libcublas.so.12", "libcudart.so.13"]);
    expect(await readFile(path.join(libraries, "libcublas.so.12"), "utf8")).toBe("cublas");
  });
});

test("the GPU image pins the version of tfjs-node-gpu that is installed elsewhere", async () => {
  const manifest = path.join(import.meta.dirname, "../../../../docker/gpu/package.json");
  const { dependencies } = JSON.parse(await readFile(manifest, "utf8")) as { dependencies: Record<string, string> };
  expect(dependencies).toEqual({ [packageNameOf("tensorflow-gpu")]: TFJS_VERSION });
});

test("of Dawn's binaries only this platform's stay", async () => {
  const binaries = path.join(folder, "node_modules", "webgpu", "dist");
  const own = `${process.platform}-${process.platform === "darwin" ? "universal" : process.arch}`;
  for (const name of [own, "win32-mips"]) await mkdir(path.join(binaries, name), { recursive: true });
  await dawnStep.run({ folder, signal: undefined, report: () => undefined });
  expect(await readdir(binaries)).toEqual([own]);
});

test("a trial is read from among what native libraries print", () => {
  const trial = { works: false, code: "engine_unavailable", message: "no CUDA device found" };
  expect(readTrial(`noise\n${trialMark}${JSON.stringify(trial)}\nmore noise\n`)).toEqual(trial);
  expect(readTrial("noise\n")).toBeUndefined();
});
