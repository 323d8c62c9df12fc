/**
 * $1 sweep, $2 ordinal after which cells begin, $3 cells at most, $4 trials at most, but one cell at least: every trial of
 * the page, an equivalent with the state and the metrics of its representative; \`ahead\` counts the cells from here on.
 */
export const readCellTrialsSql = `
  WITH known AS (
    SELECT cell_id, min(ordinal) AS first, count(*) AS trials FROM trial WHERE sweep_id = $1 GROUP BY cell_id
  ), ahead AS (
    SELECT cell_id, first, row_number() OVER line AS place, sum(trials) OVER line AS trials
    FROM known WHERE first > $2 WINDOW line AS (ORDER BY first)
  ), page AS (
    SELECT cell_id, first FROM ahead WHERE place <= $3 AND (trials <= $4 OR place = 1)
  )
  SELECT t.id AS "trialId", t.ordinal, t.cell_id AS "cellId", c."values", c.plan_summary AS plan,
    t.seed::float8 AS seed, o.cell_id AS "representativeCellId", o.state::text AS state, r.metrics,
    o.reused_from_id IS NOT NULL AS "isReused", o.audit->>'verdict' AS verdict,
    p.first, (SELECT count(*) FROM ahead)::int AS ahead
  FROM page p
  JOIN trial t ON t.sweep_id = $1 AND t.cell_id = p.cell_id
  JOIN cell c ON c.sweep_id = t.sweep_id AND c.id = t.cell_id
  JOIN trial o ON o.id = coalesce(t.representative_id, t.id)
  LEFT JOIN result r ON r.trial_id = o.id
  ORDER BY t.ordinal`;
