import path from "node:path";
import { pathToFileURL } from "node:url";
import { AppError } from "@smoothsweep/contracts";
import { installCommand } from "../../installation/installCommand.ts";

/*
 * What of WebGPU is used here, as Dawn for Node has it.
 * @see https://www.w3.org/TR/webgpu/
 */
export interface GpuAdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Whether the adapter is software. */
  readonly isFallbackAdapter: boolean;
}

export interface GpuDevice {
  readonly limits: { readonly maxStorageBuffersPerShaderStage: number };
  /** Settles when the device can no longer be used: unplugged, reset, or destroyed by us. */
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  addEventListener(type: "uncapturederror", listener: (event: { readonly error: Error }) => void): void;
  destroy(): void;
}

export interface GpuAdapter {
  readonly info: GpuAdapterInfo;
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(wanted: { requiredFeatures: string[]; requiredLimits: Record<string, number> }): Promise<GpuDevice>;
}

export interface Gpu {
  requestAdapter(options: { powerPreference: "high-performance" }): Promise<GpuAdapter | null>;
}

/** npm's `webgpu`. */
interface DawnPackage {
  create(flags: readonly string[]): Gpu;
  /** GPUBufferUsage and other names that WebGPU programs expect to be global. */
  readonly globals: Record<string, unknown>;
}

/** Dawn's entry point lives as long as the process: freed while its adapters live, it ends the process. */
let kept: Gpu | undefined;

async function importDawn(packageFolder: string): Promise<DawnPackage> {
  const entry = path.resolve(packageFolder, "..", "..", "webgpu", "index.js");
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(entry).href)) as DawnPackage;
  } catch (cause) {
    throw new AppError("engine_unavailable", `Dawn in ${path.dirname(entry)} cannot be loaded`, {
      cause,
      context: { reason: cause instanceof Error ? cause.message : String(cause) },
      fix: `Run \`npm run smoothsweep -- engines remove webgpu\`, then \`${installCommand("webgpu")}\`.`,
    });
  }
}

/**
 * Makes `navigator.gpu` exist, and the other names that tfjs's backend expects of a browser.
 * @param packageFolder of tfjs-backend-webgpu; Dawn lies beside it
 * @throws AppError `engine_unavailable`
 */
export async function provideGpu(packageFolder: string): Promise<Gpu> {
  if (kept !== undefined) return kept;
  const { create, globals } = await importDawn(packageFolder);
  Object.assign(globalThis, globals);
  kept = create([]);
  // Node 20 has no `navigator`; later ones have one without `gpu`.
  const { navigator = {} } = globalThis as { navigator?: object };
  Object.defineProperty(navigator, "gpu", { value: kept, configurable: true });
  if (!("navigator" in globalThis)) {
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  }
  return kept;
}
