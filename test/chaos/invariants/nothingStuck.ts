import { type Invariant, rowsAsViolations } from "./invariant.ts";

/** Nothing runs, nothing waits, nobody holds a lease, and no call for work is unsent. */
export const nothingStuck: Invariant = {
  title: "nothing is stuck",
  violations: async ({ probe }) => [
    ...(await rowsAsViolations(
      probe,
      "a sweep that has not ended",
      "SELECT id, state::text FROM sweep WHERE ended_at IS NULL OR state <> 'completed'",
    )),
    ...(await rowsAsViolations(
      probe,
      "a trial that runs, waits or holds a lease",
      `SELECT id, state::text, worker_id, lease_expires_at FROM trial WHERE representative_id IS NULL
       AND (state IN ('running', 'pending') OR lease_expires_at IS NOT NULL)`,
    )),
    ...(await rowsAsViolations(
      probe,
      "an unsent token of a group that waits",
      `SELECT DISTINCT o.group_id FROM outbox o JOIN trial t ON t.group_id = o.group_id AND t.state = 'pending'
       WHERE o.sent_at IS NULL AND t.representative_id IS NULL`,
    )),
  ],
};
