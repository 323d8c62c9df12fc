/** $1 sweep, $2 trials as JSON. */
export const insertTrialsSql = `
  INSERT INTO trial (id, sweep_id, ordinal, cell_id, cell, seed, plan, plan_summary, model, training, fingerprint,
    group_id, representative_id)
  SELECT r.id, $1, r.ordinal, r."cellId", r.cell, r.seed, r.plan, r."planSummary", r.model, r.training, r.fingerprint,
    r."groupId", r."representativeId"
  FROM json_to_recordset($2::json) AS r(id text, ordinal int, "cellId" text, cell json, seed bigint, plan jsonb,
    "planSummary" jsonb, model jsonb, training jsonb, fingerprint text, "groupId" text, "representativeId" text)`;

/** $1 sweep, $2 tokens as JSON. */
export const insertTokensSql = `
  INSERT INTO outbox (sweep_id, group_id, index)
  SELECT $1, r."groupId", r.index FROM jsonb_to_recordset($2::jsonb) AS r("groupId" text, index int)`;
