import type { DataId, KernelBackend } from "@tensorflow/tfjs-core";
import { DAWN_VERSION } from "../../installation/engineFolders.ts";
import type { Engine, EngineOptions, TensorFlow } from "../engine.ts";
import { findPackageFolder } from "../findPackageFolder.ts";
import { requireBackend } from "../requireBackend.ts";
import { type GpuAdapterInfo, type GpuDevice, provideGpu } from "./dawn.ts";
import { watchDevice } from "./deviceHealth.ts";
import { registerWebgpuKernels } from "./kernels/registerWebgpuKernels.ts";
import { adapterName, openDevice } from "./openDevice.ts";

const BACKEND = "webgpu";

/** @tensorflow/tfjs-backend-webgpu, as far as it is used here. */
interface WebgpuPackage {
  readonly WebGPUBackend: new (device: GpuDevice, info: GpuAdapterInfo) => KernelBackend;
}

/** A backend on our device that refuses to hand out numbers once the device has failed. */
function createBackend({ WebGPUBackend }: WebgpuPackage, opened: { device: GpuDevice; info: GpuAdapterInfo }) {
  const health = watchDevice(opened.device);
  const backend = new WebGPUBackend(opened.device, opened.info);
  const read = backend.read.bind(backend);
  // A read that fails because the device has failed says so.
  backend.read = (dataId: DataId) => read(dataId).finally(() => health.check());
  return backend;
}

function configure(tf: TensorFlow): void {
  // tfjs moves small operations to the CPU. What "small" is depends on the pack, and a trial's numbers must not (law 6).
  tf.env().set("WEBGPU_CPU_FORWARD", false);
}

/**
 * WebGPU through Dawn, Chromium's implementation: a GPU of any vendor, over Vulkan, Metal or Direct3D 12. Tensors can
 * only be read by promise here, see `readTensor`.
 *
 * tfjs would register a backend that asks for an adapter itself; here we choose it, so that we know what it is and hear
 * its errors.
 *
 * @throws AppError `engine_unavailable` when it is not installed, when there is no adapter, or only a software adapter
 *   and that will not do
 */
export async function loadWebgpuEngine(options: EngineOptions): Promise<Engine> {
  const packageFolder = findPackageFolder("webgpu", options);
  const opened = await openDevice(await provideGpu(packageFolder), options.acceptSoftware ?? true);
  // Only now: the package looks for `navigator.gpu` when it is loaded.
  const { tf, backend } = requireBackend<WebgpuPackage>("webgpu", packageFolder);
  configure(tf);
  registerWebgpuKernels(tf, { buffersMax: opened.device.limits.maxStorageBuffersPerShaderStage });
  if (tf.findBackendFactory(BACKEND) !== null) tf.removeBackend(BACKEND);
  tf.registerBackend(BACKEND, () => createBackend(backend, opened));
  const activate = async () => {
    await tf.setBackend(BACKEND);
  };
  await activate();
  return {
    info: { name: "webgpu", version: `Dawn ${DAWN_VERSION}`, device: adapterName(opened.info), threads: 1 },
    packCapacity: opened.isSoftware ? 4 : 64,
    isSoftware: opened.isSoftware,
    tf,
    activate,
    dispose() {
      tf.removeBackend(BACKEND);
      opened.device.destroy();
    },
  };
}
