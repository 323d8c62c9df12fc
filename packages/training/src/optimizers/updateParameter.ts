import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { type Factor, perCopy } from "../settings/perCopy.ts";
import type { OptimizerSettings, TrainingSettings } from "../settings/trainingSettings.ts";
import { type AdamNumbers, adamStep } from "./adamStep.ts";
import { momentumStep } from "./momentumSgd.ts";
import type { MovingParameter } from "./movingParameter.ts";

type Sgd = Extract<OptimizerSettings, { kind: "sgd" }>;
type Adam = Exclude<OptimizerSettings, Sgd>;

/** How one copy moves in a step: its settings, and where its schedule has brought the learning rate. */
export interface CopyStep {
  readonly training: TrainingSettings;
  readonly learningRate: number;
}

/** How many tensors an optimiser remembers per parameter. */
export function memoryCount(optimizer: OptimizerSettings): number {
  return optimizer.kind === "sgd" ? 1 : 2;
}

/** The gradient with the penalties' own: + decay w + l1 sign(w). */
function penalised(tf: TensorFlow, value: Tensor, terms: { gradient: Tensor; decay: Factor; l1: Factor }): Tensor {
  let { gradient } = terms;
  if (terms.decay !== 0) gradient = tf.add(gradient, tf.mul(value, terms.decay));
  if (terms.l1 !== 0) gradient = tf.add(gradient, tf.mul(tf.sign(value), terms.l1));
  return gradient;
}

/** Adam's numbers at step t; `each` makes a factor of one number per copy. */
function adamNumbers(
  each: (numberOf: (optimizer: Adam, learningRate: number) => number) => Factor,
  count: number,
): AdamNumbers {
  return {
    rate: each(({ beta1 }, learningRate) => learningRate / (1 - beta1 ** count)),
    beta1: each(({ beta1 }) => beta1),
    fresh1: each(({ beta1 }) => 1 - beta1),
    beta2: each(({ beta2 }) => beta2),
    fresh2: each(({ beta2 }) => 1 - beta2),
    rootCorrection: each(({ beta2 }) => Math.sqrt(1 - beta2 ** count)),
    stability: each(({ stability }) => stability),
  };
}

/**
 * One step of the optimiser for one parameter of all copies. Weight decay is part of the gradient for sgd and adam (L2),
 * and for adamw shrinks the weights themselves: w <- w (1 - lr decay).
 *
 * @param parameter is consumed: its tensors can only be disposed afterwards
 * @param step `copies` in the order of the pack axis, all with the same kind of optimiser; `count` from 1, over all epochs
 * @returns new tensors
 * @see Loshchilov and Hutter 2019, Decoupled weight decay, https://arxiv.org/abs/1711.05101
 */
export function updateParameter(
  tf: TensorFlow,
  parameter: MovingParameter,
  step: { gradient: Tensor; copies: readonly CopyStep[]; count: number },
): MovingParameter {
  const { copies, count } = step;
  const each = (numberOf: (copy: CopyStep) => number) => perCopy(tf, copies.map(numberOf), parameter.value.rank);
  const optimizer = copies[0]?.training.optimizer as OptimizerSettings;
  const decay = each(({ training }) => training.weightDecay ?? 0);
  const decoupled = optimizer.kind === "adamw" && decay !== 0;
  const gradient = penalised(tf, parameter.value, {
    gradient: step.gradient,
    decay: decoupled ? 0 : decay,
    l1: each(({ training }) => training.l1Penalty ?? 0),
  });
  if (optimizer.kind === "sgd") {
    const learningRate = each((copy) => copy.learningRate);
    const momentum = each(({ training }) => (training.optimizer as Sgd).momentum);
    return momentumStep(tf, parameter, { gradient, learningRate, momentum, nesterov: optimizer.nesterov });
  }
  const kept = each(({ training, learningRate }) => 1 - learningRate * (training.weightDecay ?? 0));
  const value = decoupled ? tf.mul(parameter.value, kept) : parameter.value;
  const numbers = adamNumbers((numberOf) => {
    return each(({ training, learningRate }) => numberOf(training.optimizer as Adam, learningRate));
  }, count);
  return adamStep(tf, { ...parameter, value }, { ...numbers, gradient });
}
