/** Trials whose lease has expired, of one sweep at a time: $1 is the sweep. */
export const expireLeasesSql = `
  WITH expired AS (
    SELECT id FROM trial WHERE sweep_id = $1 AND state = 'running' AND lease_expires_at < now()
    ORDER BY id FOR UPDATE SKIP LOCKED
  ), moved AS (
    UPDATE trial t SET
      state = CASE WHEN t.fencing_token < t.attempts_max THEN 'pending' ELSE 'failed' END::trial_state,
      ended_at = CASE WHEN t.fencing_token < t.attempts_max THEN NULL ELSE now() END,
      failure_code = CASE WHEN t.fencing_token < t.attempts_max THEN NULL ELSE 'attempts_exhausted' END,
      failure_message = CASE WHEN t.fencing_token < t.attempts_max THEN NULL
        ELSE 'the worker was lost in each of ' || t.fencing_token || ' attempts' END,
      worker_id = NULL, lease_expires_at = NULL
    FROM expired WHERE t.id = expired.id
    RETURNING t.id, t.fencing_token, t.group_id, t.state, t.failure_message
  ), ended AS (
    UPDATE attempt a SET outcome = 'lost', code = 'worker_lost', message = 'the lease expired', ended_at = now()
    FROM moved WHERE a.trial_id = moved.id AND a.token = moved.fencing_token
  )
  SELECT id AS "trialId", group_id AS "groupId", state::text AS state, failure_message AS message FROM moved`;

/** Sweeps that have a trial with an expired lease. */
export const sweepsWithExpiredLeasesSql = `
  SELECT DISTINCT sweep_id AS "sweepId" FROM trial WHERE state = 'running' AND lease_expires_at < now()`;

/**
 * Groups that wait although nobody was called for a while: $1 patience in ms, longer with every generation, so that a
 * group that waits behind a long queue is not given tokens without end.
 */
export const orphanedGroupsSql = `
  SELECT t.sweep_id AS "sweepId", t.group_id AS "groupId", count(*)::int AS pending
  FROM trial t JOIN sweep s ON s.id = t.sweep_id
  WHERE t.state = 'pending' AND t.representative_id IS NULL AND s.state = 'running'
    AND NOT EXISTS (SELECT 1 FROM trial r WHERE r.group_id = t.group_id AND r.state = 'running')
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.group_id = t.group_id
      AND (o.sent_at IS NULL OR o.sent_at > now() - $1 * (o.generation + 1) * interval '1 millisecond'))
  GROUP BY t.sweep_id, t.group_id`;
