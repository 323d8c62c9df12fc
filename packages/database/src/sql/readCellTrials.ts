/** $1 sweep: every trial, an equivalent with the state and the metrics of its representative. */
export const readCellTrialsSql = `
  SELECT t.id AS "trialId", t.ordinal, t.cell_id AS "cellId", t.cell AS values, t.plan_summary AS plan,
    t.seed::float8 AS seed, o.cell_id AS "representativeCellId", o.state::text AS state, r.metrics
  FROM trial t
  JOIN trial o ON o.id = coalesce(t.representative_id, t.id)
  LEFT JOIN result r ON r.trial_id = o.id
  WHERE t.sweep_id = $1 ORDER BY t.ordinal`;
