import { ArgumentError } from "../validation/argumentError.ts";
import { checkFiniteNumbers } from "../validation/checkFiniteNumbers.ts";

/**
 * Refuses target rows that do not fit N x K logits or hold a number that is not finite.
 * @throws ArgumentError `wrong_length`, `not_finite`
 */
export function checkTargetRows(targets: readonly ArrayLike<number>[], logits: readonly ArrayLike<number>[]): void {
  if (targets.length !== logits.length) {
    const rule = `must hold ${logits.length} rows`;
    throw new ArgumentError("wrong_length", { argument: "targets", rule, value: targets.length });
  }
  targets.forEach((row, index) => {
    if (row.length !== logits[index]!.length) {
      const rule = `must hold ${logits[index]!.length} numbers`;
      throw new ArgumentError("wrong_length", { argument: `targets[${index}]`, rule, value: row.length });
    }
    checkFiniteNumbers(`targets[${index}]`, row);
  });
}
