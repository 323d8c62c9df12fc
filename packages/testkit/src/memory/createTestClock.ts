/** A clock that stands still until it is told otherwise. */
export interface TestClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets time pass, in milliseconds. */
  pass(ms: number): void;
}

export function createTestClock(startMs = Date.UTC(2026, 0, 1)): TestClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    pass: (ms) => {
      nowMs += ms;
    },
  };
}
