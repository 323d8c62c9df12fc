/**
 * Groups that wait although nobody was called for a while: $1 patience in ms, longer with every generation, so that a
 * group that waits behind a long queue is not given tokens without end, and none of whose trials was begun in that time; $2 whether the queue is empty; $3 sweep, or null
 * for all. In the order of their first trials, as everybody else lines up.
 */
export const orphanedGroupsSql = `
  SELECT w."sweepId", w."groupId", w.pending FROM (
    SELECT t.sweep_id AS "sweepId", t.group_id AS "groupId", count(*)::int AS pending,
      min(t.ordinal) AS first
    FROM sweep s JOIN trial t ON t.sweep_id = s.id AND t.state = 'pending'
    WHERE s.state = 'running' AND ($3::text IS NULL OR s.id = $3) AND t.representative_id IS NULL
      AND (t.not_before IS NULL OR t.not_before <= now())
    GROUP BY t.sweep_id, t.group_id
  ) w
  WHERE ($2 OR NOT EXISTS (SELECT 1 FROM trial r WHERE r.group_id = w."groupId" AND r.state = 'running'))
    AND ($2 OR NOT EXISTS (SELECT 1 FROM trial r WHERE r.group_id = w."groupId"
      AND r.started_at > now() - $1 * interval '1 millisecond'))
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.group_id = w."groupId" AND (o.sent_at IS NULL
      OR o.sent_at > now() - $1 * (CASE WHEN $2 THEN 1 ELSE o.generation + 1 END) * interval '1 millisecond'))
  ORDER BY w."sweepId", w.first`;

/** Who counts the line anew does it alone: done twice, it would lose how far the sweeps are from each other. */
export const lockLineSql = "SELECT pg_advisory_xact_lock(hashtextextended('line', 3))::text";

/** $1 place: the line is counted anew from here. @returns the sweeps whose waiting trials need tokens at new places */
export const recountLineSql = `
  WITH unsent AS (UPDATE outbox SET place = greatest(0, place - $1) WHERE sent_at IS NULL)
  UPDATE sweep SET served_place = greatest(0, served_place - $1) WHERE served_place > 0
  RETURNING id AS "sweepId", state::text AS state`;
