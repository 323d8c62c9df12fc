/** Work in steps of well under a millisecond, which can be interrupted between any two. */
export type Steps<T> = Generator<void, T, void>;

/** Does all the work at once. */
export function runToEnd<T>(steps: Steps<T>): T {
  let next = steps.next();
  while (next.done !== true) next = steps.next();
  return next.value;
}

/** Longest time that a slice keeps the event loop busy. */
const SLICE_MS = 10;

/** Does the work in slices; between them `turn` lets whatever else waits run. */
export async function runInSlices<T>(steps: Steps<T>, turn: () => Promise<void>): Promise<T> {
  let until = performance.now() + SLICE_MS;
  let next = steps.next();
  while (next.done !== true) {
    if (performance.now() > until) {
      await turn();
      until = performance.now() + SLICE_MS;
    }
    next = steps.next();
  }
  return next.value;
}
