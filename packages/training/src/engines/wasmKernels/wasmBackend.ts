import type {
  DataId,
  DataType,
  KernelConfig,
  NamedAttrMap,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs-core";

/**
 * The part of `BackendWasm` of tfjs-backend-wasm 4.22 that our kernels touch (its types are not exported).
 * Source: tfjs-backend-wasm/src/backend_wasm.ts.
 */
export interface WasmBackend {
  readonly wasm: {
    cwrap(name: string, result: string | null, parameters: string[]): (...values: unknown[]) => void;
    readonly HEAPU8: Uint8Array;
    readonly tfjs: {
      registerTensor(id: number, elements: number, memoryOffset: number): void;
      disposeData(id: number): void;
    };
  };
  readonly dataIdMap: { get(dataId: DataId): { id: number; memoryOffset: number } };
  /** Ids of tensors come from this counter; our aliases must draw from it as well. */
  dataIdNextNumber: number;
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  disposeData(dataId: DataId): boolean;
}

/** What a kernel function receives on the wasm backend. */
export interface WasmKernelArguments {
  inputs: NamedTensorInfoMap;
  attrs: NamedAttrMap;
  backend: WasmBackend;
}

/** A kernel that replaces tfjs's own one. */
export interface WasmKernel {
  readonly name: string;
  compute(call: WasmKernelArguments): TensorInfo;
}

/** The kernel in the form that TensorFlow.js registers. */
export function toKernelConfig(kernel: WasmKernel): KernelConfig {
  return {
    kernelName: kernel.name,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel.compute({ inputs: inputs as NamedTensorInfoMap, attrs: attrs ?? {}, backend: backend as WasmBackend }),
  };
}
