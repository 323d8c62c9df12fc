import type { MixingShare } from "./rowSplit.ts";
import type { SmoothingSpec } from "./smoothingSpec.ts";

/** The share of uniform mixing on the true class: 1/K, or 1/(K-1) where padding is left out. */
export function uniformShare(smoothing: Pick<SmoothingSpec, "convention">, classCount: number): MixingShare {
  const usable = smoothing.convention === "off-target-exclude-pad" ? classCount - 1 : classCount;
  return { self: 1 / usable, other: (usable - 1) / usable };
}
