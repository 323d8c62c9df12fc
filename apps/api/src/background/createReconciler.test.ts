import { AppError } from "@smoothsweep/contracts";
import type { Patience } from "@smoothsweep/sweeps";
import { describe, expect, it } from "vitest";
import { createReconciler } from "./createReconciler.ts";

/** A reconciler of a database and a queue that may be away; the real ones have contract suites of their own. */
function stage() {
  const state = { now: 0, isAway: false, startedAt: -1, waiting: 0 as number | Error };
  const asked: Patience[] = [];
  const reconcile = createReconciler({
    ledger: {
      mend: async (patience) => {
        if (state.isAway) throw new AppError("database_unavailable", "the database does not answer");
        asked.push(patience);
        return { expired: 0, orphanedGroups: 0 };
      },
    },
    queue: { waiting: async () => (state.waiting instanceof Error ? Promise.reject(state.waiting) : state.waiting) },
    hasStartedWithin: async (ms) => state.startedAt >= state.now - ms,
    orphanAfterMs: 3_000,
    logger: { warn: () => {} },
    now: () => state.now,
  });
  return { state, asked, reconcile };
}

describe("the reconciler", () => {
  it.each([
    ["lets no lease expire for 5 s after the database was started anew: no worker could renew", 30_000, true],
    ["waits for nobody when it alone was cut off: workers went on renewing", -1, false],
  ])("%s", async (_, startedAt, areStale) => {
    const { state, asked, reconcile } = stage();
    await reconcile();
    state.isAway = true;
    for (state.now = 2_000; state.now < 60_000; state.now += 2_000) await expect(reconcile()).rejects.toThrow();
    Object.assign(state, { isAway: false, startedAt });
    for (const now of [60_000, 62_000, 64_000, 66_000, 68_000]) {
      state.now = now;
      await reconcile();
    }
    const returning = [areStale, areStale, areStale];
    expect(asked.map(({ areLeasesStale }) => areLeasesStale)).toEqual([false, ...returning, false, false]);
  });

  it("helps a group at once when the queue is empty, and is patient while it has tokens or is away", async () => {
    const { state, asked, reconcile } = stage();
    await reconcile();
    for (const waiting of [7, new Error("queue is down")]) {
      state.waiting = waiting;
      await reconcile();
    }
    expect(asked.map(({ isQueueEmpty, orphanAfterMs }) => [isQueueEmpty, orphanAfterMs])).toEqual([
      [true, 3_000],
      [false, 300_000],
      [false, 300_000],
    ]);
  });
});
