import { scale } from "@observablehq/plot";
import type { ColorScheme } from "./colorScheme.ts";

/**
 * The part of viridis that has 3:1 against the page: its yellow end fades on white, its purple end on black. On white
 * the rest is darkened a little, which keeps its order.
 */
const readableRange: Record<ColorScheme, [number, number]> = { light: [0, 0.75], dark: [0.35, 1] };
const darkened = (color: string): string => `color-mix(in srgb, ${color} 82%, black)`;

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
  const colorOf = (rank: number): string => {
    const plain = String(color.apply(rank));
    return scheme === "light" ? darkened(plain) : plain;
  };
  return new Map(sorted.map((epsilon, rank) => [epsilon, colorOf(rank)]));
}
