import { type Invariant, rowsAsViolations } from "./invariant.ts";

/** Accepted results == trials that are to be trained, and every submission is there once. */
export const everyTrialAccepted: Invariant = {
  title: "every trial has an accepted result",
  violations: async ({ probe, submissions }) => {
    const [found] = await probe.rows<{ sweeps: number }>("SELECT count(*)::int AS sweeps FROM sweep");
    const sweeps = found?.sweeps ?? 0;
    return [
      ...(sweeps === submissions ? [] : [`${submissions} submissions made ${sweeps} sweeps`]),
      ...(await rowsAsViolations(
        probe,
        "not completed with a result",
        `SELECT t.id, t.sweep_id, t.state::text, t.fencing_token, t.failure_code, t.failure_message
         FROM trial t LEFT JOIN result r ON r.trial_id = t.id
         WHERE t.representative_id IS NULL AND (t.state <> 'completed' OR r.trial_id IS NULL)`,
      )),
      ...(await rowsAsViolations(
        probe,
        "a result of a trial that is not trained",
        `SELECT t.id FROM trial t JOIN result r ON r.trial_id = t.id WHERE t.representative_id IS NOT NULL`,
      )),
    ];
  },
};
