/** Differences up to this are rounding. */
const tolerance = 1e-12;

/** Whether two numbers are equal but for rounding: within 1e-12, relative for numbers above 1. */
export function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Whether two lists are equal but for rounding; a list of length 1 stands for equal numbers throughout. */
export function listsNear(values: readonly number[], others: readonly number[]): boolean {
  if (values.length < others.length) return listsNear(others, values);
  if (others.length !== 1 && others.length !== values.length) return false;
  return values.every((value, index) => near(value, others.length === 1 ? others[0]! : others[index]!));
}
