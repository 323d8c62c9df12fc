/**
 * Groups that wait although nobody was called for a while: $1 patience in ms, longer with every generation, so that a
 * group that waits behind a long queue is not given tokens without end; $2 whether the queue is empty; $3 sweep, or null
 * for all.
 */
export const orphanedGroupsSql = `
  SELECT t.sweep_id AS "sweepId", t.group_id AS "groupId", count(*)::int AS pending
  FROM trial t JOIN sweep s ON s.id = t.sweep_id
  WHERE t.state = 'pending' AND t.representative_id IS NULL AND s.state = 'running'
    AND ($3::text IS NULL OR t.sweep_id = $3)
    AND (t.not_before IS NULL OR t.not_before <= now())
    AND ($2 OR NOT EXISTS (SELECT 1 FROM trial r WHERE r.group_id = t.group_id AND r.state = 'running'))
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.group_id = t.group_id AND (o.sent_at IS NULL
      OR o.sent_at > now() - $1 * (CASE WHEN $2 THEN 1 ELSE o.generation + 1 END) * interval '1 millisecond'))
  GROUP BY t.sweep_id, t.group_id`;

/** $1 place: how far the line has come, when it has come further. */
export const lineTooLongSql = `
  SELECT min(served_place) AS place FROM sweep WHERE state IN ('running', 'paused') HAVING min(served_place) > $1`;

/** $1 place: the line is counted anew from here. @returns the sweeps whose waiting trials need tokens at new places */
export const recountLineSql = `
  UPDATE sweep SET served_place = greatest(0, served_place - $1) WHERE state IN ('running', 'paused')
  RETURNING id AS "sweepId", state::text AS state`;
