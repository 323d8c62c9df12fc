import { acceptedResult } from "@smoothsweep/testkit";
import type { TestApi } from "./startTestApi.ts";

/** Does what workers do until nothing of a sweep waits: every trial gets a result, or fails for good. */
export async function finishSweep(
  { database, store }: Pick<TestApi, "database" | "store">,
  sweepId: string,
  end: "completed" | "failed" = "completed",
): Promise<void> {
  const { rows } = await database.pool.query("SELECT DISTINCT group_id FROM trial WHERE sweep_id = $1", [sweepId]);
  for (const { group_id: groupId } of rows as { group_id: string }[]) {
    const claims = await store.claimTrials({ groupId, workerId: "wrk_test", limit: 100, leaseMs: 60_000 });
    const failure = { code: "trial_diverged", message: "the loss was NaN", retryable: false };
    if (end === "completed") await store.acceptResults(claims.map((claim) => acceptedResult(claim)));
    else for (const claim of claims) await store.failTrial({ ...claim, ...failure });
  }
}
