import { claimsSql } from "./claimColumns.ts";

/**
 * $1 trials and $2 tokens of claims, $3 lease in ms. Only the newest token of a running trial is renewed. Trials are
 * locked in the order that everybody locks them: a cancel that comes meanwhile would else wait for us and we for it.
 */
export const renewLeasesSql = `
  WITH held AS (
    SELECT t.id FROM ${claimsSql} JOIN trial t ON t.id = c."trialId" AND t.fencing_token = c.token
    WHERE t.state = 'running' ORDER BY t.id FOR NO KEY UPDATE OF t
  )
  UPDATE trial t SET lease_expires_at = now() + $3 * interval '1 millisecond'
  FROM held WHERE t.id = held.id
  RETURNING t.id AS "trialId", t.fencing_token AS token`;
