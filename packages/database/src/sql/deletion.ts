/** $1 sweep: what belongs to it. */
export const deletionPreviewSql = `
  SELECT s.id AS "sweepId", s.name, s.trials_asked AS trials, s.last_event_id AS "lastEventId",
    (SELECT count(*)::int FROM trial t JOIN result r ON r.trial_id = t.id WHERE t.sweep_id = s.id) AS results,
    (SELECT coalesce(sum(octet_length(p.bytes)), 0)::float8 FROM trial t JOIN prediction p ON p.trial_id = t.id
      WHERE t.sweep_id = s.id) AS "predictionBytes",
    (SELECT count(*)::int FROM trial t JOIN trial u ON u.reused_from_id = t.id
      WHERE t.sweep_id = s.id AND u.sweep_id <> s.id) AS "reusedElsewhere"
  FROM sweep s WHERE s.id = $1`;

/** Trials of other sweeps that take over what they show of a trial that goes. */
export const createHeirsSql = "CREATE TEMPORARY TABLE heir (origin_id text, heir_id text) ON COMMIT DROP";

/** $1 sweep: the oldest trial that reuses each of its results. */
export const findHeirsSql = `
  INSERT INTO heir
  SELECT DISTINCT ON (u.reused_from_id) u.reused_from_id, u.id FROM trial t JOIN trial u ON u.reused_from_id = t.id
  WHERE t.sweep_id = $1 AND u.sweep_id <> $1 ORDER BY u.reused_from_id, u.ended_at, u.id`;

/**
 * Attempts (with their reports) and predictions that reused trials of other sweeps show go over to the oldest
 * of those trials, which is from then on the one that was trained; the others point at it.
 */
export const handOverSql = [
  "UPDATE attempt a SET trial_id = h.heir_id FROM heir h WHERE a.trial_id = h.origin_id",
  "UPDATE prediction p SET trial_id = h.heir_id FROM heir h WHERE p.trial_id = h.origin_id",
  `UPDATE trial t SET fencing_token = o.fencing_token, reused_from_id = NULL
   FROM heir h JOIN trial o ON o.id = h.origin_id WHERE t.id = h.heir_id`,
  "UPDATE trial t SET reused_from_id = h.heir_id FROM heir h WHERE t.reused_from_id = h.origin_id",
  "UPDATE trial t SET audit_of_id = h.heir_id FROM heir h WHERE t.audit_of_id = h.origin_id",
];

/** $1 sweep: rows that are removed first, table by table, instead of one cascade row by row. */
export const deleteRowsSql = [
  "DELETE FROM outbox WHERE sweep_id = $1",
  "DELETE FROM prediction p USING trial t WHERE t.id = p.trial_id AND t.sweep_id = $1",
  "DELETE FROM result r USING trial t WHERE t.id = r.trial_id AND t.sweep_id = $1",
  "DELETE FROM report r USING trial t WHERE t.id = r.trial_id AND t.sweep_id = $1",
  "DELETE FROM attempt a USING trial t WHERE t.id = a.trial_id AND t.sweep_id = $1",
  "DELETE FROM event WHERE sweep_id = $1",
  "DELETE FROM trial WHERE sweep_id = $1 AND representative_id IS NOT NULL",
  "DELETE FROM trial WHERE sweep_id = $1",
  "DELETE FROM sweep WHERE id = $1",
];
