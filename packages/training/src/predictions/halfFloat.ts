const bits = new Uint32Array(1);
const value = new Float32Array(bits.buffer);

/**
 * A single-precision number as IEEE 754 half precision, rounded to the nearest, ties to even.
 * Above 65,504 + half a step the result is infinite; NaN stays NaN; below 2^-24 / 2 it is zero of the same sign.
 *
 * @returns the 16 bits
 */
export function toHalf(single: number): number {
  value[0] = single;
  const word = bits[0] as number;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 65,520 is the midpoint between the largest half (65,504) and the next step; it rounds to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // Normal halves: move the exponent's bias from 127 to 15, then round the 13 bits that fall off.
  if (magnitude >= 0x38800000) return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
  return sign | toSubnormal(magnitude);
}

/** Halves below 2^-14 are multiples of 2^-24. */
function toSubnormal(magnitude: number): number {
  const exponent = magnitude >>> 23;
  const shift = 126 - exponent;
  if (shift > 24) return 0;
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  const kept = mantissa >>> shift;
  const dropped = mantissa & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return dropped > half || (dropped === half && (kept & 1) === 1) ? kept + 1 : kept;
}

/** The number that 16 bits of half precision stand for. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 0x1f) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}
