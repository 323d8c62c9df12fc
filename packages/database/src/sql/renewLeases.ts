/** $1 claims as JSON [{trialId, token}], $2 lease in ms. Only the newest token of a running trial is renewed. */
export const renewLeasesSql = `
  UPDATE trial t SET lease_expires_at = now() + $2 * interval '1 millisecond'
  FROM jsonb_to_recordset($1::jsonb) AS c("trialId" text, token int)
  WHERE t.id = c."trialId" AND t.fencing_token = c.token AND t.state = 'running'
  RETURNING t.id AS "trialId", t.fencing_token AS token`;
