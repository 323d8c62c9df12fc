/**
 * $1 group, $2 limit, $3 worker, $4 lease in ms. SKIP LOCKED gives each pending trial to one caller only; the fencing
 * token and the attempt are made in the same statement. Nobody gets more than an even share of all that waits, so that
 * the last packs of a sweep are small and the workers end together. Trials that were lost once go first, because a worker
 * that vanished must not cost them their turn; those that were lost again go last, because one of them may be the culprit.
 * A pack has only trials that were lost as often and allow as many.
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
  ), head AS (
    SELECT t.losses, t.pack_limit FROM trial t JOIN sweep s ON s.id = t.sweep_id
    WHERE t.group_id = $1 AND t.state = 'pending' AND t.representative_id IS NULL AND s.state = 'running'
      AND (t.not_before IS NULL OR t.not_before <= now())
    ORDER BY CASE t.losses WHEN 1 THEN 0 WHEN 0 THEN 1 ELSE t.losses END, t.ordinal LIMIT 1 FOR UPDATE OF t SKIP LOCKED
  ), picked AS (
    SELECT t.id FROM trial t
    WHERE t.group_id = $1 AND t.state = 'pending' AND t.representative_id IS NULL
      AND (t.not_before IS NULL OR t.not_before <= now())
      AND t.losses = (SELECT losses FROM head) AND t.pack_limit IS NOT DISTINCT FROM (SELECT pack_limit FROM head)
    ORDER BY t.ordinal
    LIMIT (SELECT least(ceil(trials::float / workers)::int, pack_limit) FROM live, waiting, head)
    FOR UPDATE OF t SKIP LOCKED
  ), claimed AS (
    UPDATE trial t SET state = 'running', fencing_token = t.fencing_token + 1, worker_id = $3, not_before = NULL,
      lease_expires_at = now() + $4 * interval '1 millisecond', started_at = coalesce(t.started_at, now())
    FROM picked WHERE t.id = picked.id
    RETURNING t.id, t.sweep_id, t.cell_id, t.fencing_token, t.seed, t.ordinal
  ), attempted AS (
    INSERT INTO attempt (trial_id, token, worker_id) SELECT id, fencing_token, $3 FROM claimed
  )
  SELECT t.id AS "trialId", t.sweep_id AS "sweepId", t.fencing_token AS token, c.plan, t.seed::float8 AS seed, c.model,
    c.training
  FROM claimed t JOIN cell c ON c.sweep_id = t.sweep_id AND c.id = t.cell_id ORDER BY t.ordinal`;

/**
 * $1 sweep, $2 place of the token that was served, or null, $3 {@link PLACE_RESET}. A token that was made before the line
 * was counted anew still has its old place, which says nothing of where the sweep stands now.
 */
export const startSweepSql = `
  UPDATE sweep SET started_at = coalesce(started_at, now()),
    served_place = CASE WHEN $2::int > $3::int AND served_place < $3::int / 2 THEN served_place
      ELSE greatest(served_place, coalesce($2::int, served_place)) END
  WHERE id = $1 RETURNING state::text AS state`;
