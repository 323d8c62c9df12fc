/** $1 sweep. Verbs on one sweep take turns until they commit. */
export const lockVerbsSql = `SELECT pg_advisory_xact_lock(hashtextextended($1, 2))::text`;

/** $1 sweep. Locks its trials that wait or run, in the order that everybody locks them: nothing can end meanwhile. */
export const holdOpenTrialsSql = `
  SELECT count(*)::int AS held FROM (
    SELECT 1 FROM trial WHERE sweep_id = $1 AND representative_id IS NULL AND state IN ('pending', 'running')
    ORDER BY id FOR UPDATE
  ) held`;

/**
 * $1 sweep. Locks its trials against being taken over by another sweep: what was taken before is committed then and can
 * be handed over.
 */
export const holdForDeletionSql = `
  SELECT count(*)::int AS held FROM (
    SELECT 1 FROM trial WHERE sweep_id = $1 AND representative_id IS NULL ORDER BY id FOR UPDATE
  ) held`;

/** $1 sweep, $2 states, $3 code, $4 message. Trials are cancelled, and so are the attempts that they are in. */
export const cancelTrialsSql = `
  WITH hit AS (
    UPDATE trial SET state = 'cancelled', ended_at = now(), failure_code = $3, failure_message = $4,
      worker_id = NULL, lease_expires_at = NULL, not_before = NULL
    WHERE sweep_id = $1 AND representative_id IS NULL AND state = ANY($2::trial_state[])
    RETURNING id, fencing_token
  ), ended AS (
    UPDATE attempt a SET outcome = 'cancelled', ended_at = now(), code = $3, message = $4
    FROM hit WHERE a.trial_id = hit.id AND a.token = hit.fencing_token AND a.outcome IS NULL
  )
  SELECT count(*)::int AS trials FROM hit`;

/** $1 sweep. What failed or was cancelled waits again, with fresh counts; a suspect keeps its place alone. */
export const retryTrialsSql = `
  WITH hit AS (
    UPDATE trial SET state = 'pending', failures = 0, losses_alone = 0, ended_at = NULL, failure_code = NULL,
      failure_message = NULL, not_before = NULL
    WHERE sweep_id = $1 AND representative_id IS NULL AND state IN ('failed', 'cancelled')
    RETURNING 1
  )
  SELECT count(*)::int AS trials FROM hit`;

/** $1 sweep, $2 state. */
export const setStateSql = `
  UPDATE sweep SET state = $2::sweep_state, pruned_at = NULL,
    ended_at = CASE WHEN $2 IN ('running', 'paused', 'stopping') THEN NULL ELSE now() END
  WHERE id = $1`;
