import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { every, type Repetition } from "./every.ts";

/** Work whose every run is let go by hand. */
function heldWork() {
  const runs: { finish: () => void; fail: (error: Error) => void }[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const work = async () => {
    mostAtOnce = Math.max(mostAtOnce, ++running);
    await new Promise<void>((resolve, reject) => runs.push({ finish: resolve, fail: reject })).finally(() => running--);
  };
  return { work, runs, mostAtOnce: () => mostAtOnce };
}

/** Lets everything run that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("every", () => {
  let repetition: Repetition | undefined;
  const errors: unknown[] = [];
  /** An interval that is not over before the test is: whatever runs again was woken. */
  const NEVER_MS = 2 ** 31 - 1;
  beforeEach(() => {
    repetition = undefined;
    errors.length = 0;
  });
  afterEach(() => repetition?.stop());

  const start = (work: () => Promise<void>, intervalMs = NEVER_MS) => {
    repetition = every(intervalMs, { work, onError: (error) => errors.push(error) });
    return repetition;
  };

  it("runs at once, and again when it is woken", async () => {
    const work = vi.fn(async () => {});
    const { wake } = start(work);
    await settle();
    expect(work).toHaveBeenCalledTimes(1);
    wake();
    await settle();
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("runs again after the interval without being woken", async () => {
    let runs = 0;
    await new Promise<void>((resolve) => {
      start(async () => {
        if (++runs === 3) resolve();
      }, 1);
    });
    expect(runs).toBe(3);
  });

  it("lets the first run wait for the interval, or for a call, when told so", async () => {
    const work = vi.fn(async () => {});
    repetition = every(NEVER_MS, { work, onError: () => {}, isDelayed: true });
    await settle();
    expect(work).not.toHaveBeenCalled();
    repetition.wake();
    await settle();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("never runs twice at once, and runs once more for all the calls that came meanwhile", async () => {
    const { work, runs, mostAtOnce } = heldWork();
    const { wake } = start(work);
    for (let call = 0; call < 5; call++) wake();
    await settle();
    expect(runs).toHaveLength(1);
    runs[0]!.finish();
    await settle();
    expect(runs).toHaveLength(2);
    runs[1]!.finish();
    await settle();
    expect([runs.length, mostAtOnce()]).toEqual([2, 1]);
  });

  it("goes on after a failure, be it a rejection or a throw", async () => {
    let runs = 0;
    const { wake } = start(() => {
      runs++;
      if (runs === 1) return Promise.reject(new Error("database is away"));
      if (runs === 2) throw new Error("thrown before any promise");
      return Promise.resolve();
    });
    for (let expected = 1; expected <= 3; expected++) {
      await settle();
      expect(runs).toBe(expected);
      wake();
    }
    expect(errors.map((error) => (error as Error).message)).toEqual(["database is away", "thrown before any promise"]);
  });

  it("waits for the run in progress when it stops, and runs nothing afterwards", async () => {
    const { work, runs } = heldWork();
    const { stop, wake } = start(work);
    let isStopped = false;
    const stopped = stop().then(() => {
      isStopped = true;
    });
    await settle();
    expect(isStopped).toBe(false);
    runs[0]!.finish();
    await stopped;
    wake();
    await settle();
    expect(runs).toHaveLength(1);
  });

  it("stops in the middle of a pause", async () => {
    const { stop } = start(async () => {});
    await settle();
    await expect(stop()).resolves.toBeUndefined();
  });
});
