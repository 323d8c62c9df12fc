/** Trials `t` with all that is known of them, an equivalent with that of its representative `o`; append WHERE, ORDER, LIMIT. */
const selectTrialsSql = `
  SELECT t.id, t.sweep_id AS "sweepId", t.ordinal, t.cell_id AS "cellId", c."values" AS cell, t.seed::float8 AS seed,
    c.plan_summary AS plan, o.state::text AS state, t.representative_id AS "representativeId",
    o.fencing_token AS attempts, o.losses, o.reused_from_id AS "reusedFrom", o.audit, r.metrics, r.engine, r.seconds,
    CASE WHEN o.state IN ('failed', 'cancelled') THEN json_build_object('code', coalesce(o.failure_code, 'internal'),
      'message', coalesce(o.failure_message, '')) END AS failure,
    o.started_at AS "startedAt", o.ended_at AS "endedAt", r.provenance,
    coalesce(o.reused_from_id, o.id) AS "trainedId", coalesce(r.token, o.fencing_token) AS "trainedToken"
  FROM trial t
  JOIN cell c ON c.sweep_id = t.sweep_id AND c.id = t.cell_id
  JOIN trial o ON o.id = coalesce(t.representative_id, t.id)
  LEFT JOIN result r ON r.trial_id = o.id`;

/** $1 sweep, $2 ordinal after which to begin, $3 state or null, $4 trials at most: by ordinal. */
export const readTrialsSql = `${selectTrialsSql}
  WHERE t.sweep_id = $1 AND t.ordinal > $2 AND ($3::text IS NULL OR o.state::text = $3)
  ORDER BY t.ordinal LIMIT $4`;

/** $1 trial. */
export const readTrialSql = `${selectTrialsSql} WHERE t.id = $1`;
