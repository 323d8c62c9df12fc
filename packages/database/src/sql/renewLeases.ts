/**
 * $1 claims as JSON [{trialId, token}], $2 lease in ms. Only the newest token of a running trial is renewed. Trials are
 * locked in the order that everybody locks them: a cancel that comes meanwhile would else wait for us and we for it.
 */
export const renewLeasesSql = `
  WITH held AS (
    SELECT t.id FROM trial t JOIN jsonb_to_recordset($1::jsonb) AS c("trialId" text, token int)
      ON t.id = c."trialId" AND t.fencing_token = c.token
    WHERE t.state = 'running' ORDER BY t.id FOR NO KEY UPDATE OF t
  )
  UPDATE trial t SET lease_expires_at = now() + $2 * interval '1 millisecond'
  FROM held WHERE t.id = held.id
  RETURNING t.id AS "trialId", t.fencing_token AS token`;
