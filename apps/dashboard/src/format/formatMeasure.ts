/** A mean with its interval; the ends are null where there is none. */
export interface Interval {
  mean: number;
  low: number | null;
  high: number | null;
}

/** How a quantity is written. */
export interface MeasureStyle {
  /** Factor before writing: 100 for percent. */
  scale: 1 | 100;
  decimals: number;
  /** Write `+` before positive numbers. */
  signed?: boolean;
}

/** A mean and half of its interval's width, as they are written. */
export interface WrittenMeasure {
  mean: string;
  /** Null where there is no interval. */
  halfWidth: string | null;
}

/** Half of an interval's width; null where there is none. */
export function halfWidthOf({ low, high }: Interval): number | null {
  return low === null || high === null ? null : (high - low) / 2;
}

/**
 * Decimals that show two significant digits of the typical (median) half-width, so that one column shares them.
 *
 * @param halfWidths in the unit they are written in; nulls and zeros are passed over
 * @param fallback decimals where there is no interval
 */
export function decimalsFor(halfWidths: readonly (number | null)[], fallback: number): number {
  const widths = halfWidths.filter((width) => width !== null && width > 0).sort((a, b) => Number(a) - Number(b));
  const median = widths[Math.floor((widths.length - 1) / 2)];
  if (median === undefined || median === null) return fallback;
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(median))));
}

/** A number with a real minus sign, and with `+` where asked: `−1.20`, `+0.35`. */
export function formatNumber(value: number, { scale, decimals, signed = false }: MeasureStyle): string {
  const text = Math.abs(value * scale).toFixed(decimals);
  // What rounds to zero has no sign.
  if (Number(text) === 0) return text;
  if (value < 0) return `\u2212${text}`;
  return signed ? `+${text}` : text;
}

/** A mean and its half-width in the same digits. */
export function formatMeasure(interval: Interval, style: MeasureStyle): WrittenMeasure {
  const halfWidth = halfWidthOf(interval);
  return {
    mean: formatNumber(interval.mean, style),
    halfWidth: halfWidth === null ? null : (halfWidth * style.scale).toFixed(style.decimals),
  };
}
