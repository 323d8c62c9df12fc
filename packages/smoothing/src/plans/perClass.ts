/** A number for every class: one number when all classes share it, else one for each. */
export type PerClass = number | readonly number[];
