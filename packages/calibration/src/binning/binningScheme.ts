import { ArgumentError } from "../validation/argumentError.ts";
import { requireChoice } from "../validation/requireChoice.ts";
import { requirePositiveInteger } from "../validation/requireNumber.ts";

/** How values in [0, 1] are put into bins; every calibration error of this package is one of these schemes. */
export interface BinningScheme {
  /** `equal-width`: edges i / B. `equal-mass`: the same number of values in each, equal values kept together. */
  readonly width: "equal-width" | "equal-mass";
  /** B, a positive integer: the number of bins asked for. */
  readonly bins: number;
  /** `left-open` is (lo, hi], `right-open` is [lo, hi). Equal mass is always left-open. */
  readonly interval: "left-open" | "right-open";
  /** Where the value 0 goes under (lo, hi]; `dropped` leaves it out of every bin but still counts it in n. */
  readonly zero: "first-bin" | "dropped";
  /** Where the value 1 goes under [lo, hi); `extra-bin` is a bin of its own behind the last. */
  readonly one: "last-bin" | "extra-bin";
}

/** The scheme of the default preset: 15 equal-width bins, (lo, hi], 0 in the first bin. */
export const defaultScheme: BinningScheme = {
  width: "equal-width",
  bins: 15,
  interval: "left-open",
  zero: "first-bin",
  one: "last-bin",
};

/** More bins than this would only be empty, and cost memory. */
const binsMax = 1e6;

/** Refuses a scheme with an unknown setting or a bin count that is not an integer in 1..1,000,000. */
export function requireScheme({ width, bins, interval, zero, one }: BinningScheme): void {
  if (requirePositiveInteger("bins", bins) > binsMax)
    throw new ArgumentError("bins", `must be at most ${binsMax}`, bins);
  requireChoice("width", width, ["equal-width", "equal-mass"]);
  requireChoice("interval", interval, ["left-open", "right-open"]);
  requireChoice("zero", zero, ["first-bin", "dropped"]);
  requireChoice("one", one, ["last-bin", "extra-bin"]);
}
