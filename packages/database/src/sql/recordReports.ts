/** $1 reports as JSON [{trialId, token, report}], trials held. Repeating changes nothing. @returns what is new */
export const recordReportsSql = `
  INSERT INTO report (trial_id, token, epoch, metrics)
  SELECT g."trialId", g.token, (g.report->>'epoch')::int, g.report
  FROM jsonb_to_recordset($1::jsonb) AS g("trialId" text, token int, report jsonb)
  ON CONFLICT DO NOTHING
  RETURNING trial_id AS "trialId", epoch`;
