import { AppError } from "@smoothsweep/contracts";
import type { Gpu, GpuAdapter, GpuAdapterInfo, GpuDevice } from "./dawn.ts";

/** An adapter that may serve, and the device that computes on it. */
export interface OpenDevice {
  readonly info: GpuAdapterInfo;
  readonly isSoftware: boolean;
  readonly device: GpuDevice;
}

/** Programs that imitate a GPU on the CPU: of Google, Mesa, and Microsoft. */
const softwareNames = /swiftshader|llvmpipe|softpipe|lavapipe|basic render/i;

/** Whether an adapter is software: by its own word, or by its name where the driver does not say. */
export function isSoftwareAdapter(info: GpuAdapterInfo): boolean {
  const { vendor, architecture, device, description } = info;
  return info.isFallbackAdapter || softwareNames.test([vendor, architecture, device, description].join(" "));
}

/** The adapter's own name, else what it is known by. */
export function adapterName({ vendor, architecture, device, description }: GpuAdapterInfo): string {
  const name = device || [vendor, architecture].filter((part) => part !== "").join(" ");
  if (name === "") return description || "unnamed adapter";
  return description === "" ? name : `${name} (${description})`;
}

/** Limits that tfjs's shaders reach beyond what every device must offer. */
const limitNames = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxBufferSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
];

async function requestDevice(adapter: GpuAdapter): Promise<GpuDevice> {
  const limits = limitNames.map((name) => [name, adapter.limits[name] as number] as const);
  try {
    return await adapter.requestDevice({ requiredFeatures: [], requiredLimits: Object.fromEntries(limits) });
  } catch (cause) {
    const message = `the GPU ${adapterName(adapter.info)} refuses to compute`;
    throw new AppError("engine_unavailable", message, { cause, fix: "Update the GPU's driver." });
  }
}

/**
 * Opens the fastest adapter.
 * @throws AppError `engine_unavailable` when there is none, when it is software and that will not do, or when it refuses
 */
export async function openDevice(gpu: Gpu, acceptSoftware: boolean): Promise<OpenDevice> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) {
    throw new AppError("engine_unavailable", "no GPU found: WebGPU has no adapter here", {
      fix: "Install the GPU's Vulkan driver and its loader (Debian: `apt-get install libvulkan1 mesa-vulkan-drivers`).",
    });
  }
  const { info } = adapter;
  const isSoftware = isSoftwareAdapter(info);
  if (isSoftware && !acceptSoftware) {
    throw new AppError("engine_unavailable", `no GPU found: ${adapterName(info)} is software`, {
      fix: "Use `--engine webgpu` to take it all the same.",
    });
  }
  return { info, isSoftware, device: await requestDevice(adapter) };
}
