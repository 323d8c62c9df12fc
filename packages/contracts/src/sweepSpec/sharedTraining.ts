/** Numbers that every trial of a pack may have its own of: they become one number per copy in the tensor program. */
const OWN = {
  training: ["weightDecay", "l1Penalty", "gradientNormMax", "storeTrainLogits"],
  optimizer: ["learningRate", "momentum", "beta1", "beta2", "stability"],
  loss: ["gamma", "beta", "margin", "weight", "convention"],
} as const;

/** The settings that {@link sharedTraining} looks into: a training specification, whatever else it has. */
interface Training {
  readonly optimizer: { readonly kind: string };
  readonly loss?: { readonly kind: string } | undefined;
}

/** Without the given fields, and without those that switch nothing on. */
function shared(settings: object, own: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(settings).filter(([field, value]) => {
    return !own.includes(field) && value !== undefined && value !== 0 && value !== false;
  });
  return Object.fromEntries(entries);
}

/**
 * What trials must have in common to train in one tensor program: their training settings without the numbers that may
 * differ from copy to copy (learning rate, weight decay, strengths of the loss, ...). Equal results mean one program.
 */
export function sharedTraining(training: Training): Record<string, unknown> {
  return {
    ...shared(training, OWN.training),
    optimizer: shared(training.optimizer, OWN.optimizer),
    loss: shared(training.loss ?? { kind: "cross-entropy" }, OWN.loss),
  };
}
