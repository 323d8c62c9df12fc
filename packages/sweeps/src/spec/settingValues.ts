import type { AxisValue } from "@smoothsweep/contracts";
import { formatIssuePath } from "./issuePath.ts";
import { readField } from "./readField.ts";

/** The axes of a raw specification that are lists. */
export function axesOf(input: unknown): [string, unknown[]][] {
  const axes = readField(input, ["axes"]);
  if (typeof axes !== "object" || axes === null || Array.isArray(axes)) return [];
  return Object.entries(axes).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
}

/** The values a setting takes: those of its axis, else the base value (or its default), each with its path. */
export function valuesOf(input: unknown, path: string, fallback: AxisValue): { value: unknown; at: string }[] {
  const axis = axesOf(input).find(([name]) => name === path);
  if (axis !== undefined) {
    return axis[1].map((value, index) => ({ value, at: formatIssuePath(["axes", path, index]) }));
  }
  return [{ value: readField(input, path.split(".")) ?? fallback, at: path }];
}
