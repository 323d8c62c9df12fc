import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type SilenceWatch, watchSilence } from "./watchSilence.ts";

describe("watchSilence", () => {
  let watch: SilenceWatch;
  let silences: number[];
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    silences = [];
    watch = watchSilence(60_000, (waitedMs) => silences.push(waitedMs));
  });
  afterEach(() => {
    watch.stop();
    vi.useRealTimers();
  });

  it("calls once when nothing was heard until the deadline, and after a second look", () => {
    vi.advanceTimersByTime(60_249);
    expect(silences).toEqual([]);
    vi.advanceTimersByTime(100_000);
    expect(silences).toEqual([60_250]);
  });

  it("never calls while signs come in time", () => {
    for (let sign = 0; sign < 100; sign++) {
      vi.advanceTimersByTime(59_999);
      watch.heard();
    }
    expect(silences).toEqual([]);
  });

  it("waits ten times as long as the slowest batch took, when that is longer than the deadline", () => {
    vi.advanceTimersByTime(20_000);
    watch.heard();
    vi.advanceTimersByTime(200_000);
    expect(silences).toEqual([]);
    vi.advanceTimersByTime(250);
    expect(silences).toEqual([200_250]);
  });

  it("forgives a silence whose signs lay unread because the worker itself was stopped, and learns nothing from it", () => {
    vi.advanceTimersByTime(60_000);
    watch.heard();
    vi.advanceTimersByTime(60_249);
    expect(silences).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(silences).toEqual([60_250]);
  });

  it("never calls after it was stopped", () => {
    watch.stop();
    vi.advanceTimersByTime(1e9);
    expect(silences).toEqual([]);
  });
});
