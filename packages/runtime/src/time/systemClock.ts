/** The machine's clocks. */
export const systemClock = Object.freeze({
  /** The wall clock: for timestamps that people and databases read. It may jump. */
  now: (): Date => new Date(),
  /** Milliseconds of a clock that never jumps: for durations and deadlines. */
  monotonicMs: (): number => performance.now(),
});
