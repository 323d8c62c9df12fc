const nonFinite: ReadonlyMap<string, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/** Fields that hold names of classes, where "NaN" is a name. */
const named: readonly string[] = ["tree", "leaves"];

/** An entry with the strings NaN, Infinity and -Infinity turned into the numbers they stand for. */
export function decoded(value: unknown): unknown {
  if (typeof value === "string") return nonFinite.get(value) ?? value;
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, named.includes(name) ? part : decoded(part)]),
  );
}
