/** $1 sweep: every trial, an equivalent with the state and the metrics of its representative. */
export const readCellTrialsSql = `
  SELECT t.id AS "trialId", t.ordinal, t.cell_id AS "cellId", c."values", c.plan_summary AS plan,
    t.seed::float8 AS seed, o.cell_id AS "representativeCellId", o.state::text AS state, r.metrics,
    o.reused_from_id IS NOT NULL AS "isReused", o.audit->>'verdict' AS verdict
  FROM trial t
  JOIN cell c ON c.sweep_id = t.sweep_id AND c.id = t.cell_id
  JOIN trial o ON o.id = coalesce(t.representative_id, t.id)
  LEFT JOIN result r ON r.trial_id = o.id
  WHERE t.sweep_id = $1 ORDER BY t.ordinal`;
