import { claimsSql } from "./claimColumns.ts";

/**
 * $1 trials and $2 tokens of claims. Locks the trials that the claims still own, in the order that everybody locks
 * them, for the rest of the transaction.
 */
export const holdTrialsSql = `
  SELECT t.id AS "trialId", t.fencing_token AS token, t.sweep_id AS "sweepId", t.group_id AS "groupId",
    t.failures, t.losses, t.losses_alone AS "lossesAlone", t.pack_limit AS "packLimit"
  FROM ${claimsSql} JOIN trial t ON t.id = c."trialId" AND t.fencing_token = c.token
  WHERE t.state = 'running' ORDER BY t.id FOR UPDATE OF t`;

/** $1 sweep: locks its trials with expired leases. What somebody else holds just now is not expired for long. */
export const holdExpiredSql = `
  SELECT t.id AS "trialId", t.fencing_token AS token, t.sweep_id AS "sweepId", t.group_id AS "groupId",
    t.failures, t.losses, t.losses_alone AS "lossesAlone", t.pack_limit AS "packLimit", t.worker_id AS "workerId"
  FROM trial t WHERE t.sweep_id = $1 AND t.state = 'running' AND t.lease_expires_at < now()
  ORDER BY t.id FOR UPDATE OF t SKIP LOCKED`;

/** Sweeps that have a trial with an expired lease. */
export const sweepsWithExpiredLeasesSql = `
  SELECT s.id AS "sweepId" FROM sweep s
  WHERE s.state IN ('running', 'paused', 'stopping') AND EXISTS (
    SELECT 1 FROM trial t WHERE t.sweep_id = s.id AND t.state = 'running' AND t.lease_expires_at < now())`;

/**
 * $1 attempts that ended without a result, as JSON: what becomes of the trial, and how the attempt ended. The trials are
 * held by the caller. A null delay keeps the trial from nothing.
 */
export const settleTrialsSql = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS g("trialId" text, token int, state text, failures int, losses int,
      "lossesAlone" int, "packLimit" int, "delayMs" float8, code text, message text, outcome text, "endCode" text,
      "endMessage" text)
  ), moved AS (
    UPDATE trial t SET state = g.state::trial_state, failures = g.failures, losses = g.losses,
      losses_alone = g."lossesAlone", pack_limit = g."packLimit", failure_code = g.code, failure_message = g.message,
      not_before = CASE WHEN g."delayMs" > 0 THEN now() + g."delayMs" * interval '1 millisecond' END,
      ended_at = CASE WHEN g.state = 'pending' THEN NULL ELSE now() END, worker_id = NULL, lease_expires_at = NULL
    FROM given g WHERE t.id = g."trialId"
  )
  UPDATE attempt a SET outcome = g.outcome::attempt_outcome, code = g."endCode", message = g."endMessage", ended_at = now()
  FROM given g WHERE a.trial_id = g."trialId" AND a.token = g.token`;
