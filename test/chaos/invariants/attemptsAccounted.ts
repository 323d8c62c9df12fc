import { type Invariant, rowsAsViolations } from "./invariant.ts";

/** Attempts are numbered 1 to the trial's token, and each has ended in some way. */
export const attemptsAccounted: Invariant = {
  title: "every attempt is accounted for",
  violations: async ({ probe }) => [
    ...(await rowsAsViolations(
      probe,
      "an attempt without an outcome",
      "SELECT trial_id, token, worker_id FROM attempt WHERE outcome IS NULL OR ended_at IS NULL",
    )),
    ...(await rowsAsViolations(
      probe,
      "attempts are not 1 to the token",
      `SELECT t.id, t.fencing_token, array_agg(a.token ORDER BY a.token) AS tokens
       FROM trial t LEFT JOIN attempt a ON a.trial_id = t.id WHERE t.representative_id IS NULL
       GROUP BY t.id HAVING array_agg(a.token ORDER BY a.token) <> ARRAY(SELECT generate_series(1, t.fencing_token))`,
    )),
  ],
};
