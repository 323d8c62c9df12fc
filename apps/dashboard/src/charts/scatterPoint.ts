import type { Interval } from "../format/formatMeasure.ts";
import type { ConventionSymbol } from "./conventionSymbols.ts";

/** One cell in the scatter of accuracy against calibration error. Fractions, as the API sends them. */
export interface ScatterPoint {
  id: string;
  name: string;
  epsilon: number;
  convention: string;
  strategy: string;
  /** Its own strategy and those of its equivalents. */
  memberStrategies: readonly string[];
  /** Cells that are drawn by this point, itself counted. */
  mergedCount: number;
  accuracy: Interval;
  miscalibration: Interval;
  seeds: readonly { accuracy: number; miscalibration: number }[];
  isOnFront: boolean;
}

/** How the scatter looks. */
export interface ScatterStyle {
  colors: ReadonlyMap<number, string>;
  symbols: ReadonlyMap<string, ConventionSymbol>;
  /** Strategies in order: the first is drawn filled, the others hollow, unless each has a facet of its own. */
  strategies: readonly string[];
  isSplit: boolean;
  /** Spread small calibration errors out. */
  isLog: boolean;
  miscalibrationLabel: string;
  selectedId: string | undefined;
}

/** Fractions are drawn in percent. */
export const percent = (fraction: number): number => fraction * 100;
