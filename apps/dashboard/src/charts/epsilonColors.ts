import { scale } from "@observablehq/plot";
import type { ColorScheme } from "./colorScheme.ts";

/** The part of viridis that stands out from the page: its yellow end fades on white, its purple end on black. */
const readableRange: Record<ColorScheme, [number, number]> = { light: [0, 0.88], dark: [0.2, 1] };

/**
 * A color for each epsilon: viridis, which keeps its order for color-blind readers and in grey. Evenly spaced by rank,
 * because epsilons crowd near zero.
 */
export function epsilonColors(epsilons: readonly number[], scheme: ColorScheme): ReadonlyMap<number, string> {
  const sorted = [...new Set(epsilons)].sort((a, b) => a - b);
  const color = scale({
    color: {
      type: "linear",
      scheme: "viridis",
      range: readableRange[scheme],
      domain: [0, Math.max(1, sorted.length - 1)],
    },
  });
  return new Map(sorted.map((epsilon, rank) => [epsilon, String(color.apply(rank))]));
}
