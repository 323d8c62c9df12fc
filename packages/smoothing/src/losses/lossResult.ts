/** A loss and its gradient with respect to the logits. */
export interface LossResult {
  /** One number; for reduction "none" one for each example. */
  readonly loss: number | readonly number[];
  /** N x K; for reduction "none" that of the summed loss. */
  readonly gradient: readonly Float64Array[];
}
