/** Symbols that Plot and the legend both know, in the order conventions get them. */
export const conventionSymbols = ["circle", "square", "triangle", "diamond"] as const;
export type ConventionSymbol = (typeof conventionSymbols)[number];

/** A symbol for each convention, in the order they appear. */
export function symbolsOf(conventions: readonly string[]): ReadonlyMap<string, ConventionSymbol> {
  const distinct = [...new Set(conventions)];
  return new Map(
    distinct.map((name, index) => [name, conventionSymbols[index % conventionSymbols.length] ?? "circle"]),
  );
}
