import { type Invariant, rowsAsViolations } from "./invariant.ts";

/** A result, the attempt that made it, its reports, its predictions and its event: each once, all of one attempt. */
export const acceptedOnce: Invariant = {
  title: "every result is accepted exactly once, as a whole",
  violations: async ({ probe }) => [
    ...(await rowsAsViolations(
      probe,
      "not one completed attempt that holds the newest token",
      `SELECT r.trial_id, r.token, t.fencing_token, array_agg(a.token) AS completed
       FROM result r JOIN trial t ON t.id = r.trial_id
       LEFT JOIN attempt a ON a.trial_id = r.trial_id AND a.outcome = 'completed'
       GROUP BY r.trial_id, r.token, t.fencing_token
       HAVING array_agg(a.token) <> ARRAY[r.token] OR r.token <> t.fencing_token`,
    )),
    ...(await rowsAsViolations(
      probe,
      "not one event of completion",
      `SELECT r.trial_id, count(e.id)::int AS events
       FROM result r LEFT JOIN event e ON e.type = 'trial.completed' AND e.data->>'trialId' = r.trial_id
       GROUP BY r.trial_id HAVING count(e.id) <> 1`,
    )),
    ...(await rowsAsViolations(
      probe,
      "reports of the accepted attempt are not 1 to the last epoch",
      `SELECT r.trial_id, r.token, array_agg(p.epoch ORDER BY p.epoch) AS epochs
       FROM result r JOIN trial t ON t.id = r.trial_id JOIN sweep s ON s.id = t.sweep_id
       LEFT JOIN report p ON p.trial_id = r.trial_id AND p.token = r.token
       GROUP BY r.trial_id, r.token, s.id
       HAVING array_agg(p.epoch ORDER BY p.epoch)
         <> ARRAY(SELECT generate_series(1, (s.spec->'training'->>'epochs')::int))`,
    )),
    ...(await rowsAsViolations(
      probe,
      "not one prediction of validation and one of test",
      `SELECT r.trial_id, array_agg(p.split ORDER BY p.split) AS splits
       FROM result r LEFT JOIN prediction p ON p.trial_id = r.trial_id
       GROUP BY r.trial_id HAVING array_agg(p.split ORDER BY p.split) <> ARRAY['test', 'validation']`,
    )),
  ],
};
