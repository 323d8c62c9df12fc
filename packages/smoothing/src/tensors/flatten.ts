import { ArgumentError } from "../validation/argumentError.ts";
import type { Flat, Nested } from "./nested.ts";

/**
 * Nested arrays as one row-major list with a shape.
 * @throws ArgumentError `wrong_length` for ragged arrays, `not_finite` for an entry that is not a finite number
 */
export function flatten(argument: string, nested: Nested): Flat {
  const shape: number[] = [];
  for (let level: Nested = nested; Array.isArray(level); level = level[0]!) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const values: number[] = [];
  collect(nested, { argument, shape, values }, 0);
  return { values: Float64Array.from(values), shape };
}

interface Collection {
  readonly argument: string;
  readonly shape: readonly number[];
  readonly values: number[];
}

function collect(nested: Nested, into: Collection, depth: number): void {
  const { argument, shape, values } = into;
  if (depth === shape.length) {
    if (typeof nested !== "number" || !Number.isFinite(nested)) {
      throw new ArgumentError("not_finite", { argument, rule: "must consist of finite numbers", value: nested });
    }
    values.push(nested);
    return;
  }
  if (!Array.isArray(nested) || nested.length !== shape[depth]) {
    const rule = `must be rectangular of shape [${shape.join(", ")}]`;
    throw new ArgumentError("wrong_length", { argument, rule, value: nested });
  }
  for (const part of nested as readonly Nested[]) collect(part, into, depth + 1);
}
