import { ArgumentError } from "./argumentError.ts";

/** Returns the value when it is a finite number. @throws {ArgumentError} otherwise */
export function requireFinite(argument: string, value: number): number {
  if (!Number.isFinite(value)) throw new ArgumentError(argument, "must be a finite number", value);
  return value;
}

/** Returns the value when it is a number, infinities included. @throws {ArgumentError} otherwise */
export function requireNumber(argument: string, value: number): number {
  if (typeof value !== "number" || Number.isNaN(value)) throw new ArgumentError(argument, "must be a number", value);
  return value;
}

/** Returns the value when it is a finite number above 0. @throws {ArgumentError} otherwise */
export function requirePositive(argument: string, value: number): number {
  if (!(Number.isFinite(value) && value > 0)) throw new ArgumentError(argument, "must be a number above 0", value);
  return value;
}

/** Returns the value when it is an integer of at least 1. @throws {ArgumentError} otherwise */
export function requirePositiveInteger(argument: string, value: number): number {
  if (!(Number.isInteger(value) && value > 0)) throw new ArgumentError(argument, "must be a positive integer", value);
  return value;
}

/** Returns the value when it lies strictly between 0 and 1. @throws {ArgumentError} otherwise */
export function requireOpenUnit(argument: string, value: number): number {
  if (!(value > 0 && value < 1)) throw new ArgumentError(argument, "must be in (0, 1)", value);
  return value;
}

/** Returns the value when it lies in [0, 1]. @throws {ArgumentError} otherwise */
export function requireUnit(argument: string, value: number): number {
  if (!(value >= 0 && value <= 1)) throw new ArgumentError(argument, "must be in [0, 1]", value);
  return value;
}
