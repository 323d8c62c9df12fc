import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRefreshScheduler } from "./refreshScheduler.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const wait = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs));

describe("createRefreshScheduler", () => {
  test("refreshes at once, then at most once an interval, and once after the last request", async () => {
    const refresh = vi.fn(async () => undefined);
    const scheduler = createRefreshScheduler(refresh, 500);
    for (let step = 0; step < 9; step++) {
      scheduler.request();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(refresh).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(refresh).toHaveBeenCalledTimes(3);
  });

  test("never runs twice at the same time, and runs again for a request during a run", async () => {
    let running = 0;
    let most = 0;
    const refresh = vi.fn(async () => {
      running += 1;
      most = Math.max(most, running);
      await wait(2000);
      running -= 1;
    });
    const scheduler = createRefreshScheduler(refresh, 500);
    scheduler.request();
    await vi.advanceTimersByTimeAsync(1000);
    scheduler.request();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(most).toBe(1);
  });

  test("goes on after a refresh that failed", async () => {
    const refresh = vi.fn(() => Promise.reject(new Error("down")));
    const scheduler = createRefreshScheduler(refresh, 10);
    scheduler.request();
    await vi.advanceTimersByTimeAsync(100);
    scheduler.request();
    await vi.advanceTimersByTimeAsync(100);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  test("forgets what was asked for when it is stopped", async () => {
    const refresh = vi.fn(async () => undefined);
    const scheduler = createRefreshScheduler(refresh, 10);
    scheduler.request();
    scheduler.stop();
    scheduler.request();
    await vi.advanceTimersByTimeAsync(100);
    expect(refresh).not.toHaveBeenCalled();
  });
});
