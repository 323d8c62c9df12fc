import { randomBytes } from "node:crypto";

/** What an id names: sweep, trial, attempt, worker, event stream, request. */
export type IdPrefix = "swp" | "trl" | "att" | "wrk" | "req";

// Crockford's base32 in lower case: no i, l, o, u, and sorted like the numbers it writes.
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

let lastTimeMs = 0;
let lastTail: number[] = [];

/**
 * A new id such as `swp_01kav5j8m3c9p0r7s2t4v6w8xz`: 48 bits of time in milliseconds and 80 random bits in base32, so
 * that ids sort by the time of their making, also those that one process makes within one millisecond.
 *
 * @param nowMs Milliseconds since 1970; default now. Time that runs backwards is held at its latest value.
 */
export function newId<TPrefix extends IdPrefix>(prefix: TPrefix, nowMs: number = Date.now()): `${TPrefix}_${string}` {
  const timeMs = Math.max(Math.floor(nowMs), lastTimeMs);
  lastTail = timeMs === lastTimeMs && increment(lastTail) ? lastTail : randomTail();
  lastTimeMs = timeMs;
  return `${prefix}_${encodeTime(timeMs)}${lastTail.map((digit) => DIGITS[digit]).join("")}`;
}

function encodeTime(timeMs: number): string {
  let text = "";
  for (let rest = timeMs, place = 0; place < TIME_LENGTH; place += 1, rest = Math.floor(rest / 32)) {
    text = DIGITS[rest % 32] + text;
  }
  return text;
}

function randomTail(): number[] {
  const tail = Array.from(randomBytes(RANDOM_LENGTH), (byte) => byte % 32);
  // Room to count up within one millisecond.
  tail[0] = (tail[0] ?? 0) % 16;
  return tail;
}

/** Counts up in place; false when there is nothing to count up, or no room left. */
function increment(tail: number[]): boolean {
  for (let place = tail.length - 1; place >= 0; place -= 1) {
    const digit = tail[place] ?? 0;
    if (digit < 31) {
      tail[place] = digit + 1;
      return true;
    }
    tail[place] = 0;
  }
  return false;
}
