/** Delays between attempts to connect: `baseMs` doubles with each failure up to `maxMs`. */
export interface Backoff {
  baseMs: number;
  maxMs: number;
}

/** Half a second, doubling to ten. */
export const defaultBackoff: Backoff = { baseMs: 500, maxMs: 10_000 };

/**
 * Delay before the attempt after `failures` failures, in milliseconds.
 * Between half of the exponential delay and all of it, so that many clients do not come back at the same moment.
 *
 * @param failures 0 after a connection that worked and ended
 * @param random in [0, 1)
 */
export function backoffDelay(failures: number, { baseMs, maxMs }: Backoff, random: number): number {
  const delay = Math.min(maxMs, baseMs * 2 ** Math.min(failures, 30));
  return Math.round(delay * (0.5 + 0.5 * random));
}
