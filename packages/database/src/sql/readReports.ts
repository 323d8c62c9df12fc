/**
 * $1 sweep, $2 ordinal and $3 epoch after which to go on, $4 last ordinal, $5 rows at most: the epochs of the attempts whose
 * results count, or that run now. A reused result shows the reports of the attempt that made it. The last ordinal keeps the
 * planner from joining all trials with all reports for each page.
 */
export const readReportsSql = `
  SELECT t.id AS "trialId", t.ordinal, t.cell_id AS "cellId", c."values" AS cell, t.seed::float8 AS seed,
    c.plan_summary AS plan, t.state::text AS state, t.reused_from_id AS "reusedFrom", r.metrics AS report
  FROM trial t
  JOIN cell c ON c.sweep_id = t.sweep_id AND c.id = t.cell_id
  LEFT JOIN result a ON a.trial_id = t.id
  JOIN report r ON r.trial_id = coalesce(t.reused_from_id, t.id) AND r.token = coalesce(a.token, t.fencing_token)
  WHERE t.sweep_id = $1 AND t.representative_id IS NULL AND t.ordinal BETWEEN $2 AND $4
    AND (t.ordinal > $2 OR r.epoch > $3)
  ORDER BY t.ordinal, r.epoch LIMIT $5`;

/** $1 sweep. */
export const lastOrdinalSql = "SELECT max(ordinal) AS ordinal FROM trial WHERE sweep_id = $1";
