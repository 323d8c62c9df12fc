import type { ConventionSymbol } from "../../charts/conventionSymbols.ts";

/** How cells look in every view of a sweep: color by epsilon, symbol by convention, filled or hollow by strategy. */
export interface CellEncoding {
  colors: ReadonlyMap<number, string>;
  symbols: ReadonlyMap<string, ConventionSymbol>;
  /** In the order of the axes. */
  strategies: readonly string[];
}
