import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getHealth } from "./serviceRoutes.ts";

const request = { params: {}, query: {}, body: undefined };

describe("getHealth", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => vi.useRealTimers());

  it("says which services answer and which do not", async () => {
    const checks = { database: async () => {}, queue: () => Promise.reject(new Error("the queue does not answer")) };
    expect(await getHealth("1.2.3", checks)(request)).toEqual({
      status: 503,
      body: {
        status: "unavailable",
        version: "1.2.3",
        checks: { database: { ok: true }, queue: { ok: false, message: "the queue does not answer" } },
      },
    });
  });

  it("waits 3 seconds for a service that hangs, and not for ever", async () => {
    const health = getHealth("1.2.3", { database: () => new Promise<void>(() => {}) })(request);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await health).toMatchObject({
      status: 503,
      body: { checks: { database: { ok: false, message: "no answer within 3000 ms" } } },
    });
  });
});
