import { AppError } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import { retrying } from "./retrying.ts";

const away = () => new AppError("database_unavailable", "the database does not answer");

/** Work that fails so often and then answers. */
function failing(times: number, error: () => unknown) {
  let asked = 0;
  const work = async () => {
    if (++asked <= times) throw error();
    return "answer";
  };
  return { work, asked: () => asked };
}

describe("retrying", () => {
  const pausesMs: number[] = [];
  const noWait = async (ms: number) => {
    pausesMs.push(ms);
  };

  it("asks until the database is back, an hour if need be, first soon and never more than 5 s apart", async () => {
    pausesMs.length = 0;
    expect(await retrying(failing(1_000, away).work, undefined, noWait)).toBe("answer");
    expect(pausesMs).toHaveLength(1_000);
    expect(pausesMs[0]).toBeLessThanOrEqual(100);
    expect(Math.max(...pausesMs)).toBeLessThanOrEqual(5_000);
    expect(Math.min(...pausesMs.slice(10))).toBeGreaterThanOrEqual(2_500);
  });

  it("waits for room in the database as it waits for the database", async () => {
    pausesMs.length = 0;
    const full = () => new AppError("database_exhausted", "the database has no room or memory left");
    expect(await retrying(failing(100, full).work, undefined, noWait)).toBe("answer");
    expect(pausesMs).toHaveLength(100);
  });

  it("takes a refusal for an answer", async () => {
    const { work, asked } = failing(5, () => new AppError("stale_attempt", "attempt 1 no longer owns its trial"));
    await expect(retrying(work, undefined, noWait)).rejects.toMatchObject({ code: "stale_attempt" });
    expect(asked()).toBe(1);
  });

  it("gives up on an error that it does not know after 6 tries", async () => {
    const { work, asked } = failing(100, () => new Error("deadlock detected"));
    await expect(retrying(work, undefined, noWait)).rejects.toThrow("deadlock detected");
    expect(asked()).toBe(6);
  });

  it("ends its patience, also in the middle of a pause, when it is told to", async () => {
    const stop = new AbortController();
    const { work, asked } = failing(100, () => {
      // The tenth pause takes seconds.
      if (asked() === 10) setImmediate(() => stop.abort());
      return away();
    });
    const wait = async (_ms: number, signal: AbortSignal | undefined) => {
      if (asked() < 10) return;
      await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
    };
    await expect(retrying(work, stop.signal, wait)).rejects.toMatchObject({ code: "database_unavailable" });
    expect(asked()).toBe(11);
  });
});
