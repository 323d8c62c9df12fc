/** The rule that an argument breaks. Codes are stable: match on them, never on messages. */
export type ArgumentErrorCode =
  | "invalid_argument"
  | "class_count_too_small"
  | "class_out_of_range"
  | "epsilon_out_of_range"
  | "off_target_epsilon_too_large"
  | "unnormalised_not_allowed"
  | "missing_class_counts"
  | "invalid_class_counts"
  | "empty_class"
  | "missing_taxonomy"
  | "invalid_taxonomy"
  | "invalid_mixing"
  | "undefined_mixing"
  | "mixing_needs_predictions"
  | "not_finite"
  | "out_of_range"
  | "wrong_length"
  | "empty_input"
  | "no_target_left"
  | "pytorch_trap";

/** What an {@link ArgumentError} says: the argument's name, the rule it breaks and the value that was given. */
export interface BrokenRule {
  readonly argument: string;
  /** Completes "`argument` ...": "must be in [0, 1]". */
  readonly rule: string;
  readonly value: unknown;
}

/**
 * Thrown by every function of this package for an argument outside its domain. The message reads
 * "epsilon must be in [0, 1], got 1.2"; the parts are own properties, so that they survive JSON.
 */
export class ArgumentError extends RangeError {
  override readonly name = "ArgumentError";
  readonly code: ArgumentErrorCode;
  readonly argument: string;
  readonly rule: string;
  readonly value: unknown;

  constructor(code: ArgumentErrorCode, broken: BrokenRule) {
    super(`${broken.argument} ${broken.rule}, got ${printed(broken.value)}`);
    this.code = code;
    this.argument = broken.argument;
    this.rule = broken.rule;
    this.value = broken.value;
  }
}

/** A value in at most 80 characters. NaN, infinities and undefined keep their names, which JSON would lose. */
function printed(value: unknown): string {
  const text = typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
