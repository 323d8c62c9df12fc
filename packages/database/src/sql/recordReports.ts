/** $1 trial, $2 token, $3 reports as JSON. Repeating changes nothing. */
export const recordReportsSql = `
  INSERT INTO report (trial_id, token, epoch, metrics)
  SELECT $1, $2, (r->>'epoch')::int, r FROM jsonb_array_elements($3::jsonb) AS r
  ON CONFLICT DO NOTHING`;

/** $1 trial, $2 token. Locks the trial for the rest of the transaction, if the token still owns it. */
export const holdTrialSql = `
  SELECT sweep_id AS "sweepId" FROM trial
  WHERE id = $1 AND fencing_token = $2 AND state = 'running' FOR UPDATE`;
