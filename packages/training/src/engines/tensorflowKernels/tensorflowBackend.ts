import type { DataId, Tensor, TensorInfo } from "@tensorflow/tfjs-core";

/** Attribute of a TensorFlow operation, as tfjs-node's addon takes it. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** A tensor that an operation has made: `id` names it on the C side. */
export interface OpOutput {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/**
 * The part of `NodeJSKernelBackend` of tfjs-node 4.22 that our kernels touch (its types are not exported).
 * Source: tfjs-node/src/nodejs_kernel_backend.ts and tfjs-node/binding/tfjs_backend.cc.
 */
export interface TensorflowBackend {
  readonly binding: {
    readonly TF_FLOAT: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_SHAPE: number;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_TYPE: number;
    executeOp(name: string, attributes: readonly OpAttribute[], inputs: readonly number[], outputs: number): OpOutput[];
    createTensor(shape: readonly number[], dtype: number, values: Float32Array): number;
    deleteTensor(id: number): void;
  };
  /** What the backend knows of a tensor's data; an id below 0 is not on the C side. */
  readonly tensorMap: { get(dataId: DataId): { id: number; refCount: number } };
  /** Ids of tensors on the C side; moves them there first where they are not yet. */
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(output: OpOutput): Tensor;
}
