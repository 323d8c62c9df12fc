/**
 * $1 group, $2 limit, $3 worker, $4 lease in ms. SKIP LOCKED gives each pending trial to one caller only; the fencing
 * token and the attempt are made in the same statement. Nobody gets more than an even share of all that waits, so that
 * the last packs of a sweep are small and the workers end together.
 */
export const claimTrialsSql = `
  WITH live AS (
    SELECT greatest(1, count(*))::int AS workers FROM worker
    WHERE ended_at IS NULL AND seen_at > now() - interval '15 seconds'
  ), waiting AS (
    SELECT count(*)::int AS trials FROM (
      SELECT 1 FROM sweep s JOIN trial t ON t.sweep_id = s.id
      WHERE s.state = 'running' AND t.state = 'pending' AND t.representative_id IS NULL
      LIMIT (SELECT $2::int * workers FROM live)
    ) AS few
  ), picked AS (
    SELECT t.id FROM trial t JOIN sweep s ON s.id = t.sweep_id
    WHERE t.group_id = $1 AND t.state = 'pending' AND t.representative_id IS NULL AND s.state = 'running'
    ORDER BY t.ordinal LIMIT (SELECT ceil(trials::float / workers)::int FROM live, waiting)
    FOR UPDATE OF t SKIP LOCKED
  ), claimed AS (
    UPDATE trial t SET state = 'running', fencing_token = t.fencing_token + 1, worker_id = $3,
      lease_expires_at = now() + $4 * interval '1 millisecond', started_at = coalesce(t.started_at, now())
    FROM picked WHERE t.id = picked.id
    RETURNING t.id, t.sweep_id, t.fencing_token, t.plan, t.seed, t.model, t.training, t.ordinal
  ), attempted AS (
    INSERT INTO attempt (trial_id, token, worker_id) SELECT id, fencing_token, $3 FROM claimed
  )
  SELECT id AS "trialId", sweep_id AS "sweepId", fencing_token AS token, plan, seed::float8 AS seed, model, training
  FROM claimed ORDER BY ordinal`;
