/** $1 sweep, $2 cells as JSON. A cell that the sweep has already stays as it is. */
export const insertCellsSql = `
  INSERT INTO cell (sweep_id, id, "values", plan, plan_summary, model, training)
  SELECT $1, r.id, r."values", r.plan, r."planSummary", r.model, r.training
  FROM json_to_recordset($2::json) AS r(id text, "values" json, plan jsonb, "planSummary" jsonb, model jsonb,
    training jsonb)
  ON CONFLICT DO NOTHING`;

/** $1 sweep, $2 trials as JSON. */
export const insertTrialsSql = `
  INSERT INTO trial (id, sweep_id, ordinal, cell_id, seed, fingerprint, group_id, representative_id)
  SELECT r.id, $1, r.ordinal, r."cellId", r.seed, r.fingerprint, r."groupId", r."representativeId"
  FROM json_to_recordset($2::json) AS r(id text, ordinal int, "cellId" text, seed bigint, fingerprint text,
    "groupId" text, "representativeId" text)`;
