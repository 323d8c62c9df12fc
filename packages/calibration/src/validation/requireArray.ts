import { ArgumentError } from "./argumentError.ts";

/** Returns the length when the array is not empty. @throws {ArgumentError} otherwise */
export function requireNotEmpty(argument: string, values: ArrayLike<unknown>): number {
  if (!(values.length > 0)) throw new ArgumentError(argument, "must not be empty", `length ${values.length}`);
  return values.length;
}

/** Refuses an array of another length. @throws {ArgumentError} when lengths differ */
export function requireLength(argument: string, values: ArrayLike<unknown>, length: number): void {
  if (values.length !== length) throw new ArgumentError(argument, `must have length ${length}`, values.length);
}

/** Refuses NaN and infinities, naming the first offender. @throws {ArgumentError} when a value is not finite */
export function requireAllFinite(argument: string, values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index]))
      throw new ArgumentError(`${argument}[${index}]`, "must be a finite number", values[index]);
  }
}

/** Refuses values outside [0, 1], naming the first offender. @throws {ArgumentError} when a value is outside */
export function requireAllUnit(argument: string, values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!(value >= 0 && value <= 1)) throw new ArgumentError(`${argument}[${index}]`, "must be in [0, 1]", value);
  }
}

/** Refuses values other than 0 and 1, naming the first offender. @throws {ArgumentError} when a value is another one */
export function requireAllBinary(argument: string, values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value !== 0 && value !== 1) throw new ArgumentError(`${argument}[${index}]`, "must be 0 or 1", value);
  }
}

/** Refuses anything but integers in 0..limit-1, naming the first offender. @throws {ArgumentError} for another value */
export function requireAllIndices(argument: string, values: ArrayLike<number>, limit: number): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!(Number.isInteger(value) && value >= 0 && value < limit))
      throw new ArgumentError(`${argument}[${index}]`, `must be an integer in 0..${limit - 1}`, value);
  }
}
