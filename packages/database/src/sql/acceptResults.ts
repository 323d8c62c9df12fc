import { claimsSql } from "./claimColumns.ts";

/**
 * $1 trials and $2 tokens of claims. Locks the trials that the claims still own, in the order that everybody locks them;
 * `keep` says which predictions the sweep keeps.
 */
export const holdForResultsSql = `
  SELECT t.id AS "trialId", t.fencing_token AS token, t.sweep_id AS "sweepId", t.audit_of_id AS "auditOfId",
    s.spec->'predictions'->>'keep' AS keep
  FROM ${claimsSql} JOIN trial t ON t.id = c."trialId" AND t.fencing_token = c.token
  JOIN sweep s ON s.id = t.sweep_id
  WHERE t.state = 'running' ORDER BY t.id FOR UPDATE OF t`;

/** $1 trials and $2 tokens of claims. Those whose result is there already: the commit happened, its answer was lost. */
export const acceptedBeforeSql = `
  SELECT r.trial_id AS "trialId", r.token FROM ${claimsSql}
  JOIN result r ON r.trial_id = c."trialId" AND r.token = c.token`;

/** $1 trials and $2 tokens, $3 their results as JSON, trials held. The only way into \`completed\` for what is trained. */
export const acceptResultsSql = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS g("trialId" text, token int, metrics jsonb, engine jsonb,
      provenance jsonb, seconds float8, reports jsonb)
  ), completed AS (
    UPDATE trial t SET state = 'completed', ended_at = now(), lease_expires_at = NULL, failure_code = NULL,
      failure_message = NULL
    FROM ${claimsSql} WHERE t.id = c."trialId"
  ), ended AS (
    UPDATE attempt a SET outcome = 'completed', ended_at = now()
    FROM ${claimsSql} WHERE a.trial_id = c."trialId" AND a.token = c.token
  ), reported AS (
    INSERT INTO report (trial_id, token, epoch, metrics)
    SELECT g."trialId", g.token, (r->>'epoch')::int, r FROM given g, jsonb_array_elements(g.reports) AS r
    ON CONFLICT DO NOTHING
  )
  INSERT INTO result (trial_id, token, metrics, accuracy, nll, ece, scaled_ece, engine, provenance, seconds)
  SELECT "trialId", token, metrics, (metrics->'test'->>'accuracy')::float8, (metrics->'test'->>'nll')::float8,
    (metrics->'test'->>'ece')::float8, (metrics->'scaledTest'->>'ece')::float8, engine, provenance, seconds
  FROM given`;
