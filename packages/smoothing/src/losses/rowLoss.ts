/** The loss of one row and its gradient with respect to the logits. */
export interface RowLoss {
  readonly loss: number;
  readonly gradient: Float64Array;
}
