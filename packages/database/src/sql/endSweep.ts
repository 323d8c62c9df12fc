/**
 * $1 sweep. Ends it when no trial is left to do. The caller holds the sweep's row (by its event), so of two last trials
 * the second one to commit sees the first.
 */
export const endSweepSql = `
  UPDATE sweep s SET ended_at = now(), state = CASE
    WHEN EXISTS (SELECT 1 FROM trial WHERE sweep_id = $1 AND representative_id IS NULL AND state = 'cancelled')
    THEN 'stopped'
    WHEN EXISTS (SELECT 1 FROM trial WHERE sweep_id = $1 AND representative_id IS NULL AND state = 'failed')
    THEN 'failed' ELSE 'completed' END::sweep_state
  WHERE s.id = $1 AND s.state IN ('running', 'paused', 'stopping') AND NOT EXISTS (
    SELECT 1 FROM trial WHERE sweep_id = $1 AND representative_id IS NULL AND state IN ('pending', 'running'))
  RETURNING s.state::text AS state`;
