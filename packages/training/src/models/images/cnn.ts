import type { ModelSpec } from "@smoothsweep/contracts";
import type { TensorFlow } from "../../engines/engine.ts";
import { layeredModel } from "../layeredModel.ts";
import { bias } from "../layers/bias.ts";
import { convolution } from "../layers/convolution.ts";
import { flatten } from "../layers/flatten.ts";
import { inTurn } from "../layers/inTurn.ts";
import type { Layer } from "../layers/layer.ts";
import { maxPooling } from "../layers/maxPooling.ts";
import { relu } from "../layers/relu.ts";
import { sequence } from "../layers/sequence.ts";
import type { PackModel } from "../packModel.ts";
import { denseHead } from "./denseHead.ts";
import type { ImageSizes } from "./imageSizes.ts";

type CnnSpec = Extract<ModelSpec, { kind: "cnn" }>;

/** As a training step of the usual size, whose tensors fit as well. */
const PREDICTED_ROWS_MAX = 128;

/**
 * Biases and relu come after pooling, on a quarter of the numbers: both never fall with their input, so the largest of
 * four pixels stays the largest, and the result is the same to the bit as in the usual order.
 */
function stage(index: number, sizes: { inputs: number; outputs: number; kernel: number }): Layer[] {
  const name = `convolution${index}`;
  const bound = 1 / Math.sqrt(sizes.kernel ** 2 * sizes.inputs);
  return [
    convolution(name, { ...sizes, isFirst: index === 0 }),
    maxPooling,
    bias(name, { width: sizes.outputs, bound }),
    relu,
  ];
}

/** The layers of {@link createCnn}, from images [1, rows, height, width, channels] to logits [P, rows, classes]. */
export function cnnLayers({ channels, kernel, hidden }: CnnSpec, { shape, classCount }: ImageSizes): Layer {
  const stages = channels.flatMap((outputs, index) =>
    stage(index, { inputs: channels[index - 1] ?? shape.channels, outputs, kernel }),
  );
  const side = (pixels: number) => Math.floor(pixels / 2 ** channels.length);
  const features = side(shape.height) * side(shape.width) * (channels.at(-1) as number);
  return sequence([inTurn(sequence([...stages, flatten])), ...denseHead({ features, hidden, classCount })]);
}

/**
 * A small convolutional network: convolution (stride 1, zero padding), relu and 2 x 2 max pooling as often as `channels`
 * says, then dense layers with relu and dropout. Initial values as PyTorch's `nn.Conv2d` and `nn.Linear`: uniform in
 * +-1/sqrt(inputs of one output), weights and biases.
 */
export function createCnn(tf: TensorFlow, spec: CnnSpec, sizes: ImageSizes): PackModel {
  const { height, width, channels } = sizes.shape;
  return layeredModel(tf, {
    layers: cnnLayers(spec, sizes),
    rowShape: [height, width, channels],
    lastWeights: `dense${spec.hidden.length}/weights`,
    predictedRowsMax: PREDICTED_ROWS_MAX,
  });
}
