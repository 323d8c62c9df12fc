/**
 * Thrown by every function of this package when an argument breaks its stated rule.
 *
 * The message names the argument, the rule and the value, in one line without a full stop. `name` and `code` are own
 * properties, so that they survive serialisation; tell errors apart by `code`, never by `instanceof` across packages.
 *
 * @example
 * ```ts
 * throw new ArgumentError("bins", "must be a positive integer", 0); // "bins must be a positive integer, got 0"
 * ```
 */
export class ArgumentError extends RangeError {
  override readonly name = "ArgumentError";
  /** Stable code for edges that translate errors. */
  readonly code = "INVALID_ARGUMENT";
  /** Name of the argument that was refused, for example `labels[3]`. */
  readonly argument: string;
  /** The rule it broke, for example `must be a positive integer`. */
  readonly rule: string;
  /** The value as it was given. */
  readonly value: unknown;

  /**
   * @param argument - name of the argument
   * @param rule - the rule, beginning with "must"
   * @param value - the offending value
   */
  constructor(argument: string, rule: string, value: unknown) {
    super(`${argument} ${rule}, got ${String(value)}`);
    this.argument = argument;
    this.rule = rule;
    this.value = value;
  }
}
