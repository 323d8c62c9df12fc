import type { ModelSpec } from "@smoothsweep/contracts";
import type { TensorFlow } from "../../engines/engine.ts";
import { layeredModel } from "../layeredModel.ts";
import { type ConvolutionSizes, convolution } from "../layers/convolution.ts";
import { dense } from "../layers/dense.ts";
import { freeingBetween } from "../layers/freeingBetween.ts";
import { globalAveragePooling } from "../layers/globalAveragePooling.ts";
import { groupNorm } from "../layers/groupNorm.ts";
import { inTurn } from "../layers/inTurn.ts";
import type { Layer } from "../layers/layer.ts";
import { relu } from "../layers/relu.ts";
import { residual } from "../layers/residual.ts";
import { sequence } from "../layers/sequence.ts";
import type { PackModel } from "../packModel.ts";
import type { ImageSizes } from "./imageSizes.ts";

type ResnetSpec = Extract<ModelSpec, { kind: "resnet-8" }>;

const GROUPS_MAX = 8;
const STAGES = 3;

/** A quarter of a training step of the usual size: a step's tensors are many. */
const PREDICTED_ROWS_MAX = 64;

/** The most groups, a power of two, that share the channels evenly with at least two for each. */
function groupCount(channels: number): number {
  return channels % 4 === 0 ? Math.min(GROUPS_MAX, 2 * groupCount(channels / 2)) : 1;
}

function normalised(name: string, sizes: ConvolutionSizes): Layer {
  const { outputs } = sizes;
  const norm = groupNorm(`${name}/norm`, { channels: outputs, groups: groupCount(outputs) });
  return freeingBetween(convolution(name, sizes), norm);
}

/** Two convolutions around which the inputs pass unchanged, or through a 1 x 1 convolution where the size changes. */
function stage(index: number, width: number): Layer[] {
  const name = `stage${index}`;
  const outputs = width * 2 ** index;
  const inputs = index === 0 ? outputs : outputs / 2;
  const stride = index === 0 ? 1 : 2;
  const main = sequence([
    freeingBetween(normalised(`${name}/first`, { inputs, outputs, kernel: 3, stride }), relu),
    normalised(`${name}/second`, { inputs: outputs, outputs, kernel: 3 }),
  ]);
  const shortcut = normalised(`${name}/shortcut`, { inputs, outputs, kernel: 1, stride });
  return [index === 0 ? residual(main) : residual(main, shortcut), relu];
}

/** The layers of {@link createResnet8}, from images [1, rows, height, width, channels] to logits [P, rows, classes]. */
export function resnet8Layers({ width }: ResnetSpec, { shape, classCount }: ImageSizes): Layer {
  const stem = normalised("stem", { inputs: shape.channels, outputs: width, kernel: 3, isFirst: true });
  const stages = Array.from({ length: STAGES }, (_, index) => stage(index, width)).flat();
  return sequence([
    inTurn(sequence([freeingBetween(stem, relu), ...stages, globalAveragePooling])),
    dense("dense", { inputs: width * 2 ** (STAGES - 1), outputs: classCount }),
  ]);
}

/**
 * The residual network of He et al. for small images with one block a stage: a 3 x 3 convolution, three stages of
 * `width`, 2 and 4 times `width` channels, the second and third at half the resolution of the one before, the mean over
 * the pixels, and a dense layer: 8 layers with weights and two 1 x 1 shortcuts. Group instead of batch normalisation, so
 * that rows are not mixed and nothing but parameters is learnt. Initial values as PyTorch's `nn.Conv2d`, `nn.GroupNorm`
 * and `nn.Linear`.
 *
 * @see He, Zhang, Ren, Sun 2015, Deep residual learning, section 4.2, https://arxiv.org/abs/1512.03385
 */
export function createResnet8(tf: TensorFlow, spec: ResnetSpec, sizes: ImageSizes): PackModel {
  const { height, width, channels } = sizes.shape;
  return layeredModel(tf, {
    layers: resnet8Layers(spec, sizes),
    rowShape: [height, width, channels],
    lastWeights: "dense/weights",
    predictedRowsMax: PREDICTED_ROWS_MAX,
  });
}
