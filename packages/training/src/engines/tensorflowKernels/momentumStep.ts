import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorflowBackend } from "./tensorflowBackend.ts";

/** What a kernel call carries. */
interface MomentumCall {
  readonly inputs: { readonly value: TensorInfo; readonly velocity: TensorInfo; readonly gradient: TensorInfo };
  readonly attrs: { readonly learningRate: number; readonly momentum: number; readonly nesterov: boolean };
  readonly backend: TensorflowBackend;
}

type ScalarName = "learningRate" | "momentum";

/** A tensor of one number, kept until another number is wanted. */
interface Scalar {
  readonly number: number;
  readonly id: number;
}

/** TensorFlow variables, empty between two calls but for the last parameter of a model; and the step's numbers. */
interface Variables {
  readonly value: number;
  readonly velocity: number;
  readonly scalars: Map<ScalarName, Scalar>;
}

const variables = new WeakMap<object, Variables>();

function createVariable({ binding }: TensorflowBackend, name: string): number {
  const attributes = [
    { name: "dtype", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: "shape", type: binding.TF_ATTR_SHAPE, value: [] },
    { name: "container", type: binding.TF_ATTR_STRING, value: "" },
    { name: "shared_name", type: binding.TF_ATTR_STRING, value: `smoothsweep/momentum/${name}` },
  ];
  return binding.executeOp("VarHandleOp", attributes, [], 1)[0]!.id;
}

function variablesOf(backend: TensorflowBackend): Variables {
  const known = variables.get(backend.binding);
  if (known) return known;
  const made = {
    value: createVariable(backend, "value"),
    velocity: createVariable(backend, "velocity"),
    scalars: new Map(),
  };
  variables.set(backend.binding, made);
  return made;
}

/** All parameters of a model take the same numbers, step after step. */
function scalarOf(backend: TensorflowBackend, attributes: Record<ScalarName, number>, name: ScalarName): number {
  const { binding } = backend;
  const { scalars } = variablesOf(backend);
  const number = attributes[name];
  const known = scalars.get(name);
  if (known?.number === number) return known.id;
  if (known) binding.deleteTensor(known.id);
  const id = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(number));
  scalars.set(name, { number, id });
  return id;
}

function dtypeAttribute({ binding }: TensorflowBackend) {
  return { name: "dtype", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}

/**
 * Puts a tensor's memory into a variable, without copying, and takes it from the tensor, so that the variable is its
 * only owner: TensorFlow updates in place what has one owner, and copies what has more.
 */
function move(backend: TensorflowBackend, tensor: TensorInfo, variable: number): void {
  const [id] = backend.getInputTensorIds([tensor]) as [number];
  backend.binding.executeOp("AssignVariableOp", [dtypeAttribute(backend)], [variable, id], 0);
  const entry = backend.tensorMap.get(tensor.dataId);
  // A clone of the tensor still needs the memory.
  if (entry.refCount > 1) return;
  backend.binding.deleteTensor(id);
  entry.id = -1;
}

function read(backend: TensorflowBackend, variable: number): Tensor {
  return backend.createOutputTensor(
    backend.binding.executeOp("ReadVariableOp", [dtypeAttribute(backend)], [variable], 1)[0]!,
  );
}

/**
 * v <- m v + g, w <- w - lr v (with Nesterov w <- w - lr (g + m v)) in place, by TensorFlow's own
 * `ResourceApplyMomentum`: one pass over the memory instead of four operations with a new tensor each.
 *
 * Consumes `value` and `velocity`: they can only be disposed afterwards.
 *
 * @returns the new value and the new velocity
 */
export function momentumStepKernel({ inputs, attrs, backend }: MomentumCall): Tensor[] {
  const { binding } = backend;
  const { value, velocity } = variablesOf(backend);
  move(backend, inputs.value, value);
  move(backend, inputs.velocity, velocity);
  const [gradient] = backend.getInputTensorIds([inputs.gradient]) as [number];
  const rate = scalarOf(backend, attrs, "learningRate");
  const momentum = scalarOf(backend, attrs, "momentum");
  const attributes = [
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: "use_locking", type: binding.TF_ATTR_BOOL, value: false },
    { name: "use_nesterov", type: binding.TF_ATTR_BOOL, value: attrs.nesterov },
  ];
  binding.executeOp("ResourceApplyMomentum", attributes, [value, velocity, rate, gradient, momentum], 0);
  return [read(backend, value), read(backend, velocity)];
}
