/** Sweeps that have ended and whose policy keeps the predictions of the front only. */
export const unprunedSweepsSql = `
  SELECT id AS "sweepId" FROM sweep
  WHERE pruned_at IS NULL AND ended_at IS NOT NULL AND spec->'predictions'->>'keep' = 'pareto'
    AND state IN ('completed', 'failed', 'stopped', 'cancelled')
  ORDER BY ended_at LIMIT 10`;

/** Whether a reused trial of another sweep shows the predictions of the trial \`t\`. */
const isShownElsewhere = "EXISTS (SELECT 1 FROM trial u WHERE u.reused_from_id = t.id)";

/** $1 sweep, $2 cells whose predictions stay. */
export const pruneCellsSql = `
  WITH gone AS (
    DELETE FROM prediction p USING trial t
    WHERE t.id = p.trial_id AND t.sweep_id = $1 AND t.cell_id <> ALL($2::text[]) AND NOT ${isShownElsewhere}
    RETURNING p.trial_id
  )
  SELECT count(DISTINCT trial_id)::int AS removed FROM gone`;

/** Predictions that are older than their sweep keeps them; so many trials at a time. */
export const pruneOldSql = `
  WITH old AS (
    SELECT t.id FROM sweep s
    JOIN trial t ON t.sweep_id = s.id
    JOIN result r ON r.trial_id = t.id
    WHERE (s.spec->'predictions'->>'days') IS NOT NULL
      AND r.accepted_at < now() - (s.spec->'predictions'->>'days')::float8 * interval '1 day'
      AND EXISTS (SELECT 1 FROM prediction p WHERE p.trial_id = t.id) AND NOT ${isShownElsewhere}
    LIMIT 1000
  ), gone AS (
    DELETE FROM prediction p USING old WHERE p.trial_id = old.id RETURNING p.trial_id
  )
  SELECT count(DISTINCT trial_id)::int AS removed FROM gone`;

/** Idempotency keys are kept for a week. */
export const forgetSubmissionsSql = "DELETE FROM submission WHERE created_at < now() - interval '7 days'";

/** Tokens of sweeps that ended an hour ago; a sweep that goes on gets new ones. */
export const forgetTokensSql = `
  DELETE FROM outbox o USING sweep s
  WHERE s.id = o.sweep_id AND s.ended_at < now() - interval '1 hour' AND o.sent_at < now() - interval '1 hour'`;
