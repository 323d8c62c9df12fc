import type { Nested } from "./nested.ts";

/** A row-major list as nested arrays of a shape; the empty shape gives a number. */
export function unflatten(values: ArrayLike<number>, shape: readonly number[]): Nested {
  const build = (depth: number, start: number, size: number): Nested => {
    if (depth === shape.length) return values[start]!;
    const length = shape[depth]!;
    const step = size / length;
    return Array.from({ length }, (_, index) => build(depth + 1, start + index * step, step));
  };
  return build(0, 0, values.length);
}
