import { ArgumentError, type ArgumentErrorCode } from "./argumentError.ts";

/** A closed interval; an end that is left out is infinite, but the number itself must always be finite. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  /** min itself is not allowed. */
  readonly open?: boolean;
  readonly code?: ArgumentErrorCode;
}

/**
 * Refuses a number that is not finite or not in a range.
 * @throws ArgumentError `not_finite`, `out_of_range` or the code of the range
 */
export function checkRange(argument: string, value: number, range: Range = {}): void {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, open = false, code } = range;
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new ArgumentError(code ?? "not_finite", { argument, rule: "must be a finite number", value });
  }
  if (value < min || value > max || (open && value === min)) {
    const left = open || min === Number.NEGATIVE_INFINITY ? "(" : "[";
    const right = max === Number.POSITIVE_INFINITY ? ")" : "]";
    throw new ArgumentError(code ?? "out_of_range", {
      argument,
      rule: `must be in ${left}${min}, ${max}${right}`,
      value,
    });
  }
}
