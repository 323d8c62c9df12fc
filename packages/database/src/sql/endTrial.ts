/** $1 trial, $2 token. The only way into \`completed\` for a trial that is trained. */
export const completeTrialSql = `
  UPDATE trial t SET state = 'completed', ended_at = now(), lease_expires_at = NULL, failure_code = NULL,
    failure_message = NULL
  FROM sweep s
  WHERE t.id = $1 AND t.fencing_token = $2 AND t.state = 'running' AND s.id = t.sweep_id
  RETURNING t.sweep_id AS "sweepId", t.audit_of_id AS "auditOfId", s.spec->'predictions'->>'keep' AS keep`;

/** $1 trial, $2 token. */
export const completeAttemptSql = `
  UPDATE attempt SET outcome = 'completed', ended_at = now() WHERE trial_id = $1 AND token = $2`;
