/** A tensor as nested arrays: a number, a list of numbers, a list of lists, and so on. */
export type Nested = number | readonly Nested[];

/** A tensor as one row-major list with its shape. */
export interface Flat {
  readonly values: Float64Array;
  readonly shape: readonly number[];
}
