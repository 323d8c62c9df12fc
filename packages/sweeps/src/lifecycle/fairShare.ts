import { PRIORITY_MAX } from "@smoothsweep/contracts";

/**
 * Tokens of all sweeps stand in one line, by place; workers take the lowest. Start-time fair queueing: a sweep's tokens
 * stand one stride apart, a stride is half as long for each step of priority, and a newcomer starts at the place that is
 * being served now. So a small sweep behind a huge one starts with the next token, and two huge ones take turns.
 */

/** The last place that BullMQ can tell apart: its priorities end at 2^21 (and ours start at 1 there). */
export const PLACE_MAX = 2 ** 21 - 1;

/** When the line has come so far, all places are counted anew. */
export const PLACE_RESET = 2 ** 20;

/** Distance between two tokens of a sweep: 2^(4 - priority), 16 for priority 0. */
export function strideOf(priority: number): number {
  return 2 ** (PRIORITY_MAX - priority);
}

/** Place of a sweep's token: the first stands at `start`. */
export function placeOf(start: number, position: number, priority: number): number {
  return Math.min(PLACE_MAX, start + position * strideOf(priority));
}
