/** $1 trial, $2 token. The only way into \`completed\`. */
export const completeTrialSql = `
  UPDATE trial SET state = 'completed', ended_at = now(), lease_expires_at = NULL
  WHERE id = $1 AND fencing_token = $2 AND state = 'running'
  RETURNING sweep_id AS "sweepId"`;

/** $1 trial, $2 token, $3 retryable, $4 code, $5 message. Back to pending while attempts are left, else failed. */
export const failTrialSql = `
  UPDATE trial SET
    state = CASE WHEN $3 AND fencing_token < attempts_max THEN 'pending' ELSE 'failed' END::trial_state,
    ended_at = CASE WHEN $3 AND fencing_token < attempts_max THEN NULL ELSE now() END,
    failure_code = $4, failure_message = $5, worker_id = NULL, lease_expires_at = NULL
  WHERE id = $1 AND fencing_token = $2 AND state = 'running'
  RETURNING state::text AS state, sweep_id AS "sweepId", group_id AS "groupId"`;

/** $1 trial, $2 token, $3 outcome, $4 code, $5 message. */
export const endAttemptSql = `
  UPDATE attempt SET outcome = $3::attempt_outcome, code = $4, message = $5, ended_at = now()
  WHERE trial_id = $1 AND token = $2`;

/** $1 claims as JSON [{trialId, token}]. An attempt that was handed back does not count against the trial. */
export const returnTrialsSql = `
  UPDATE trial t SET state = 'pending', worker_id = NULL, lease_expires_at = NULL, attempts_max = t.attempts_max + 1
  FROM jsonb_to_recordset($1::jsonb) AS c("trialId" text, token int)
  WHERE t.id = c."trialId" AND t.fencing_token = c.token AND t.state = 'running'
  RETURNING t.id AS "trialId", t.fencing_token AS token, t.sweep_id AS "sweepId", t.group_id AS "groupId"`;
