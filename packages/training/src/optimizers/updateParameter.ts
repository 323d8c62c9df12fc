import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { OptimizerSettings, TrainingSettings } from "../settings/trainingSettings.ts";
import { adamStep } from "./adamStep.ts";
import { momentumStep } from "./momentumSgd.ts";
import type { MovingParameter } from "./movingParameter.ts";

/** How many tensors an optimiser remembers per parameter. */
export function memoryCount(optimizer: OptimizerSettings): number {
  return optimizer.kind === "sgd" ? 1 : 2;
}

/** The gradient with the penalties' own: + decay w + l1 sign(w). */
function penalised(tf: TensorFlow, value: Tensor, terms: { gradient: Tensor; decay: number; l1: number }): Tensor {
  let { gradient } = terms;
  if (terms.decay > 0) gradient = tf.add(gradient, tf.mul(value, terms.decay));
  if (terms.l1 > 0) gradient = tf.add(gradient, tf.mul(tf.sign(value), terms.l1));
  return gradient;
}

/**
 * One step of the chosen optimiser for one parameter of all copies. Weight decay is part of the gradient for sgd and
 * adam (L2), and for adamw shrinks the weights themselves: w <- w (1 - lr decay).
 *
 * @param step `count` from 1, over all epochs
 * @returns new tensors; the old ones stay the caller's
 * @see Loshchilov and Hutter 2019, Decoupled weight decay, https://arxiv.org/abs/1711.05101
 */
export function updateParameter(
  tf: TensorFlow,
  parameter: MovingParameter,
  step: { gradient: Tensor; learningRate: number; count: number; training: TrainingSettings },
): MovingParameter {
  const { learningRate, count, training } = step;
  const { optimizer, weightDecay = 0, l1Penalty = 0 } = training;
  const decoupled = optimizer.kind === "adamw" && weightDecay > 0;
  const terms = { gradient: step.gradient, decay: decoupled ? 0 : weightDecay, l1: l1Penalty };
  const gradient = penalised(tf, parameter.value, terms);
  if (optimizer.kind === "sgd") return momentumStep(tf, parameter, { ...optimizer, gradient, learningRate });
  const value = decoupled ? tf.mul(parameter.value, 1 - learningRate * weightDecay) : parameter.value;
  return adamStep(tf, { ...parameter, value }, { ...optimizer, gradient, learningRate, count });
}
