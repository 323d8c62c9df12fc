import { featureCountOf, type ModelSpec } from "@smoothsweep/contracts";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import {
  applyToOwn,
  applyToShared,
  type DenseLayer,
  gradientsOfOwn,
  gradientsOfShared,
  inputGradient,
} from "./denseLayer.ts";
import type { DataSizes, LogitLoss, PackGradients, PackModel, ParameterShape, TrainingPass } from "./packModel.ts";
import { reluGradient } from "./reluGradient.ts";

type MlpSpec = Extract<ModelSpec, { kind: "mlp" }>;

function layerWidths(spec: MlpSpec, sizes: DataSizes): number[] {
  return [featureCountOf(sizes.inputShape), ...spec.hidden, sizes.classCount];
}

/** Weights and biases of every layer, in order: [out, in] and [out, 1]. */
function parameterShapes(widths: readonly number[]): ParameterShape[] {
  return widths.slice(1).flatMap((width, layer) => [
    { name: `dense${layer}/weights`, shape: [width, widths[layer] as number] },
    { name: `dense${layer}/biases`, shape: [width, 1] },
  ]);
}

/** Weights and biases uniform in +-1/sqrt(inputs of the layer), as PyTorch's `nn.Linear`. */
function initialValues(widths: readonly number[], seed: number): Float32Array[] {
  return parameterShapes(widths).map(({ name, shape }, index) => {
    const fanIn = widths[Math.floor(index / 2)] as number;
    const count = shape.reduce((product, size) => product * size, 1);
    return uniformValues(randomStream(seed, `initialisation/${name}`), count, 1 / Math.sqrt(fanIn));
  });
}

function toLayers(parameters: readonly Tensor[]): DenseLayer[] {
  return Array.from({ length: parameters.length / 2 }, (_, layer) => ({
    weights: parameters[2 * layer] as Tensor3D,
    biases: parameters[2 * layer + 1] as Tensor3D,
  }));
}

/**
 * Outputs of every hidden layer after relu and dropout, and of the last layer without, each [P, width, rows].
 * @param masks [1, width, rows] per hidden layer, or none
 */
function forward(
  tf: TensorFlow,
  layers: readonly DenseLayer[],
  pass: { inputs: Tensor2D; masks: readonly Tensor[] },
): Tensor3D[] {
  const outputs: Tensor3D[] = [];
  for (const [index, layer] of layers.entries()) {
    const previous = outputs[index - 1];
    const affine = previous ? applyToOwn(tf, layer, previous) : applyToShared(tf, layer, pass.inputs);
    const mask = pass.masks[index];
    const hidden = index === layers.length - 1 ? affine : tf.relu(affine);
    outputs.push(mask ? tf.mul(hidden, mask) : hidden);
  }
  return outputs;
}

function swapRowsAndClasses(tf: TensorFlow, values: Tensor3D): Tensor3D {
  return tf.transpose(values, [0, 2, 1]);
}

/** Gradients of all layers, last to first, returned first to last. */
function backward(
  tf: TensorFlow,
  layers: readonly DenseLayer[],
  pass: { inputs: Tensor2D; outputs: readonly Tensor3D[]; outputGradient: Tensor3D; masks: readonly Tensor[] },
): Tensor[] {
  const gradients: Tensor[] = [];
  let gradient = pass.outputGradient;
  for (let index = layers.length - 1; index > 0; index--) {
    const layerInputs = pass.outputs[index - 1] as Tensor3D;
    gradients.unshift(...gradientsOfOwn(tf, gradient, layerInputs));
    // Outputs that the mask made 0 pass nothing on, which is what the mask would do.
    gradient = reluGradient(tf, inputGradient(tf, layers[index] as DenseLayer, gradient), layerInputs);
    const mask = pass.masks[index - 1];
    if (mask) gradient = tf.mul(gradient, mask);
  }
  return [...gradientsOfShared(tf, gradient, pass.inputs), ...gradients];
}

/**
 * Multi-layer perceptron with relu between its layers; without hidden layers it is multinomial logistic regression.
 * The backward pass is written out (no gradient tape): a step is the same few products and elementwise operations for
 * one trial or for many.
 */
export function createMlp(tf: TensorFlow, spec: MlpSpec, sizes: DataSizes): PackModel {
  const widths = layerWidths(spec, sizes);
  return {
    shapes: parameterShapes(widths),
    initialValues: (seed) => initialValues(widths, seed),
    predict(parameters, inputs) {
      const outputs = forward(tf, toLayers(parameters), { inputs, masks: [] });
      return swapRowsAndClasses(tf, outputs.at(-1) as Tensor3D);
    },
    gradients<Loss extends LogitLoss>(
      parameters: readonly Tensor[],
      inputs: Tensor2D,
      { loss, masks }: TrainingPass<Loss>,
    ): PackGradients<Loss> {
      const layers = toLayers(parameters);
      const outputs = forward(tf, layers, { inputs, masks });
      const told = loss(swapRowsAndClasses(tf, outputs.at(-1) as Tensor3D));
      const outputGradient = swapRowsAndClasses(tf, told.gradient);
      return { loss: told, gradients: backward(tf, layers, { inputs, outputs, outputGradient, masks }) };
    },
    dropoutShapes: (rows) => spec.hidden.map((width, layer) => ({ name: `dense${layer}`, shape: [width, rows] })),
    lastWeights: 2 * spec.hidden.length,
  };
}
