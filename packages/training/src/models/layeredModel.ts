import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { randomStream } from "../randomness/randomStream.ts";
import type { Layer } from "./layers/layer.ts";
import type { LogitLoss, PackGradients, PackModel, TrainingPass } from "./packModel.ts";

/** A model as a tree of layers. */
export interface LayeredModel {
  /** From inputs [1, rows, ...] to logits [P, ...examples, classes]. */
  readonly layers: Layer;
  /** Shape of one row as the first layer takes it. */
  readonly rowShape: readonly number[];
  /** Whether rows are whole numbers, such as token ids. */
  readonly integerInputs?: boolean;
  /** Name of the last layer's weights among the parameters. */
  readonly lastWeights: string;
  /** See `PackModel`. */
  readonly predictedRowsMax?: number;
}

/** [rows, features] as the first layer takes it, [1, rows, ...rowShape]: shared by all copies. */
function toFirstLayer(tf: TensorFlow, inputs: Tensor2D, { rowShape, integerInputs }: LayeredModel): Tensor {
  const values = integerInputs ? tf.cast(inputs, "int32") : inputs;
  return tf.reshape(values, [1, inputs.shape[0], ...rowShape]);
}

/** [P, ...examples, classes] as [P, examples, classes]. */
function toLogits(tf: TensorFlow, outputs: Tensor): Tensor3D {
  return tf.reshape(outputs, [outputs.shape[0] as number, -1, outputs.shape.at(-1) as number]);
}

/** Layers as a model that packs can train. */
export function layeredModel(tf: TensorFlow, model: LayeredModel): PackModel {
  const { layers, lastWeights } = model;
  const { parameters } = layers;
  const run = (values: readonly Tensor[], inputs: Tensor2D, masks: readonly Tensor[]) =>
    layers.apply({ tf, parameters: values, inputs: toFirstLayer(tf, inputs, model), masks });
  return {
    shapes: parameters.map(({ name, shape }) => ({ name, shape })),
    initialValues: (seed) =>
      parameters.map(({ name, initial }) => initial(randomStream(seed, `initialisation/${name}`))),
    predictedRowsMax: model.predictedRowsMax,
    predict: (values, inputs) => toLogits(tf, run(values, inputs, []).outputs),
    gradients<Loss extends LogitLoss>(
      values: readonly Tensor[],
      inputs: Tensor2D,
      { loss, masks }: TrainingPass<Loss>,
    ): PackGradients<Loss> {
      const pass = run(values, inputs, masks);
      const told = loss(toLogits(tf, pass.outputs));
      const { parameters: gradients } = pass.backward(tf.reshape(told.gradient, pass.outputs.shape));
      return { loss: told, gradients };
    },
    dropoutShapes: (rows) => layers.dropoutShapes(rows),
    lastWeights: parameters.findIndex(({ name }) => name === lastWeights),
  };
}
