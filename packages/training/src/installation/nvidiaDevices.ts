import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { childEnvironment } from "../environment/processEnvironment.ts";

/** An NVIDIA GPU as its driver describes it. */
export interface NvidiaDevice {
  readonly name: string;
  readonly memoryBytes: number;
}

/** What `nvidia-smi` may take to answer, in milliseconds; it wakes the driver where nothing else has. */
const ANSWER_MS_MAX = 20_000;

/**
 * Whether the machine has an NVIDIA GPU with its driver, by the files that the driver makes: /dev/nvidia0 and following,
 * /dev/dxg in the Windows Subsystem for Linux. Containers have them only when they were given the GPU.
 * @param root folder that stands for `/`
 */
export function hasNvidiaDevice(root = "/"): boolean {
  const devices = path.join(root, "dev");
  if (existsSync(path.join(devices, "dxg"))) return true;
  return existsSync(devices) && readdirSync(devices).some((name) => /^nvidia\d+$/.test(name));
}

/** Whether there may be one: Windows has no file to tell by. */
export function mayHaveNvidiaDevice(): boolean {
  return process.platform === "win32" || hasNvidiaDevice();
}

/** Rows of `name, memory in MiB`. */
export function parseNvidiaDevices(table: string): NvidiaDevice[] {
  return table.split("\n").flatMap((line) => {
    const [, name, mebibytes] = /^(.+), (\d+)$/.exec(line.trim()) ?? [];
    return name && mebibytes ? [{ name, memoryBytes: Number(mebibytes) * 1024 ** 2 }] : [];
  });
}

/** The GPUs that the driver knows, in its order; none where there is no driver. */
export function readNvidiaDevices(): NvidiaDevice[] {
  try {
    const query = ["--query-gpu=name,memory.total", "--format=csv,noheader,nounits"];
    const options = { encoding: "utf8", timeout: ANSWER_MS_MAX, env: childEnvironment(), stdio: "pipe" } as const;
    return parseNvidiaDevices(execFileSync("nvidia-smi", query, options));
  } catch {
    return [];
  }
}
