import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { onTermination, type TerminationCause, type TerminationOptions } from "./onTermination.ts";

let off: () => void;
let exits: number[];
let outcomes: string[];

beforeEach(() => {
  vi.useFakeTimers();
  exits = [];
  outcomes = [];
});

afterEach(() => {
  off();
  vi.useRealTimers();
});

function install(handler: (cause: TerminationCause) => Promise<void>, options: TerminationOptions = {}): void {
  const record = { exit: (code: number) => exits.push(code), onOutcome: (outcome: string) => outcomes.push(outcome) };
  off = onTermination(handler, { ...record, ...options });
}

describe("onTermination", () => {
  test("the first signal runs the handler and then exits with 0", async () => {
    const handler = vi.fn(() => Promise.resolve());
    install(handler);
    process.emit("SIGTERM", "SIGTERM");
    await vi.advanceTimersByTimeAsync(0);
    expect(handler).toHaveBeenCalledExactlyOnceWith("SIGTERM");
    expect([exits, outcomes]).toEqual([[0], ["graceful"]]);
  });

  test("a handler that takes longer than the deadline is given up with 1", async () => {
    install(() => new Promise(() => undefined), { deadlineMs: 5000 });
    process.emit("SIGINT", "SIGINT");
    await vi.advanceTimersByTimeAsync(4999);
    expect(exits).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([exits, outcomes]).toEqual([[1], ["timed-out"]]);
  });

  test("a second signal exits at once with 128 + its number", async () => {
    install(() => new Promise(() => undefined));
    process.emit("SIGINT", "SIGINT");
    vi.advanceTimersByTime(400);
    process.emit("SIGINT", "SIGINT");
    expect([exits, outcomes]).toEqual([[130], ["forced"]]);
  });

  test("one Ctrl-C that arrives twice, from the terminal and from npm, stays graceful", async () => {
    install(() => new Promise((resolve) => setTimeout(resolve, 1000)));
    process.emit("SIGINT", "SIGINT");
    vi.advanceTimersByTime(100);
    process.emit("SIGINT", "SIGINT");
    await vi.advanceTimersByTimeAsync(1000);
    expect([exits, outcomes]).toEqual([[0], ["graceful"]]);
  });

  test("the program's own request runs the handler, and the first signal after it is not yet a second one", async () => {
    const request = new AbortController();
    const causes: string[] = [];
    const handler = (cause: TerminationCause) => {
      causes.push(cause);
      return new Promise<void>((resolve) => setTimeout(resolve, 2000));
    };
    install(handler, { request: request.signal });
    request.abort();
    await vi.advanceTimersByTimeAsync(500);
    process.emit("SIGTERM", "SIGTERM");
    expect(exits).toEqual([]);
    await vi.advanceTimersByTimeAsync(1500);
    expect([causes, exits, outcomes]).toEqual([["request"], [0], ["graceful"]]);
  });

  test("two signals after the program's own request force the end", () => {
    const request = new AbortController();
    install(() => new Promise(() => undefined), { request: request.signal });
    request.abort();
    process.emit("SIGTERM", "SIGTERM");
    vi.advanceTimersByTime(400);
    process.emit("SIGTERM", "SIGTERM");
    expect([exits, outcomes]).toEqual([[143], ["forced"]]);
  });

  test("a failing handler exits with 1", async () => {
    install(() => Promise.reject(new Error("stuck")));
    process.emit("SIGTERM", "SIGTERM");
    await vi.advanceTimersByTimeAsync(0);
    expect([exits, outcomes]).toEqual([[1], ["failed"]]);
  });

  test("taken off, it leaves no listener", () => {
    const before = process.listenerCount("SIGINT");
    install(() => Promise.resolve());
    off();
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});
