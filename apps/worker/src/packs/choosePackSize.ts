/** What packs of one size have shown. */
export interface PackMeasurement {
  /** Examples per second of the whole pack. */
  rate: number;
  /** Resident memory of the training process. */
  memoryBytes: number;
}

export interface PackSizeBounds {
  /** The size to begin with: the engine's own. */
  start: number;
  max: number;
  /** Memory that the training process may take. */
  memoryBytes: number;
}

/** A larger pack must be faster by so much: it makes the last packs of a sweep less even. */
const GAIN_MIN = 1.03;

/**
 * The size of the next pack, from what earlier ones have shown: sizes double from the engine's own as long as each is
 * clearly faster than the last and twice its memory is allowed; where the first doubling does not help, they halve as
 * long as that costs nothing. A size that was not measured yet is the answer itself: real packs are the measurement.
 */
export function choosePackSize(measured: ReadonlyMap<number, PackMeasurement>, bounds: PackSizeBounds): number {
  const { start, max, memoryBytes } = bounds;
  let size = Math.min(start, max);
  for (let own = measured.get(size); own !== undefined; own = measured.get(size)) {
    const next = size * 2;
    if (next > max || own.memoryBytes * 2 > memoryBytes) break;
    const larger = measured.get(next);
    if (larger === undefined) return next;
    if (larger.rate < own.rate * GAIN_MIN) break;
    size = next;
  }
  return size > start ? size : smallestAsFast(measured, size);
}

function smallestAsFast(measured: ReadonlyMap<number, PackMeasurement>, from: number): number {
  let size = from;
  for (let own = measured.get(size); own !== undefined && size > 1; own = measured.get(size)) {
    const half = Math.floor(size / 2);
    const smaller = measured.get(half);
    if (smaller === undefined) return half;
    if (smaller.rate < own.rate) break;
    size = half;
  }
  return size;
}
