import { AppError } from "@smoothsweep/contracts";
import type { GpuDevice } from "./dawn.ts";

/** Tells whether what a device computed can be trusted. */
export interface DeviceHealth {
  /** @throws AppError `engine_broken` when the device has reported an error since it was opened */
  check(): void;
}

/**
 * Listens to a device. WebGPU throws nothing where it fails: a buffer that does not fit into memory, a shader that does
 * not compile and a device that was reset are events, and later results are zeros.
 */
export function watchDevice(device: GpuDevice): DeviceHealth {
  let failure: AppError | undefined;
  const fail = (kind: string, message: string) => {
    failure ??= new AppError("engine_broken", `the GPU reported an error: ${message}`, { context: { kind } });
  };
  device.addEventListener("uncapturederror", ({ error }) => fail(error.constructor.name, error.message));
  void device.lost.then(({ reason, message }) => {
    if (reason !== "destroyed") fail("GPUDeviceLost", message);
  });
  return {
    check() {
      if (failure) throw failure;
    },
  };
}
