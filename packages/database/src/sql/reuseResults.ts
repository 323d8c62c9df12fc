/**
 * $1 sweep, $2 first ordinal, $3 share to be repeated (0 with \`cache: use\`). Trials that wait and whose fingerprint has
 * an accepted result in another sweep are completed with it: the result is copied, so that a sweep stands on its own;
 * reports and predictions are shown from the trial that was trained. Which are repeated is a function of the
 * fingerprint, and at least one is. The trials that are taken from are locked, so that they are not deleted before the
 * commit; those that are being deleted are waited for and not taken. An equivalent is never completed
 * itself, so nothing else needs to keep it out. The state is compared as text so that only the index of fingerprints
 * fits: thousands of look-ups through an index of states would each read all that is completed.
 */
export const reuseResultsSql = `
  WITH found AS (
    SELECT t.id, o.source_id, o.origin_id,
      ('x' || substr(t.fingerprint, 1, 8))::bit(32)::bigint / 4294967296.0 AS draw
    FROM trial t CROSS JOIN LATERAL (
      SELECT o.id AS source_id, coalesce(o.reused_from_id, o.id) AS origin_id FROM trial o
      WHERE o.fingerprint = t.fingerprint AND o.sweep_id <> $1 AND o.state::text = 'completed'
      ORDER BY o.reused_from_id IS NOT NULL, o.ended_at, o.id LIMIT 1
    ) o
    WHERE t.sweep_id = $1 AND t.ordinal >= $2 AND t.representative_id IS NULL AND t.state = 'pending'
  ), kept AS (
    SELECT o.id FROM trial o WHERE o.id IN (SELECT source_id FROM found UNION SELECT origin_id FROM found)
    ORDER BY o.id FOR KEY SHARE
  ), candidate AS (
    SELECT * FROM found WHERE source_id IN (SELECT id FROM kept) AND origin_id IN (SELECT id FROM kept)
  ), repeated AS (
    UPDATE trial t SET audit_of_id = c.origin_id FROM candidate c
    WHERE t.id = c.id AND $3::float8 > 0 AND (c.draw < $3::float8 OR c.draw = (SELECT min(draw) FROM candidate))
    RETURNING t.id
  ), reused AS (
    UPDATE trial t SET state = 'completed', reused_from_id = c.origin_id, ended_at = now() FROM candidate c
    WHERE t.id = c.id AND c.id NOT IN (SELECT id FROM repeated)
    RETURNING t.id, c.source_id
  ), copied AS (
    INSERT INTO result (trial_id, token, metrics, accuracy, nll, ece, scaled_ece, engine, provenance, seconds)
    SELECT u.id, r.token, r.metrics, r.accuracy, r.nll, r.ece, r.scaled_ece, r.engine, r.provenance, r.seconds
    FROM reused u JOIN result r ON r.trial_id = u.source_id
  )
  SELECT count(*)::int AS reused FROM reused`;

/** $1 sweep, $2 fingerprints: how many of them have an accepted result in another sweep. */
export const countReusableSql = `
  SELECT count(*)::int AS reusable FROM unnest($2::text[]) AS f(fingerprint)
  WHERE EXISTS (
    SELECT 1 FROM trial o WHERE o.fingerprint = f.fingerprint AND o.sweep_id <> $1 AND o.state::text = 'completed'
  )`;
