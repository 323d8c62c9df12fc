/** Trials of the sweep \`s\` that are trained, by state, and what they owe to other sweeps. */
const countTrialsSql = `
  SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending,
    count(*) FILTER (WHERE state = 'running')::int AS running,
    count(*) FILTER (WHERE state = 'completed')::int AS completed,
    count(*) FILTER (WHERE state = 'failed')::int AS failed,
    count(*) FILTER (WHERE state = 'cancelled')::int AS cancelled,
    count(*) FILTER (WHERE reused_from_id IS NOT NULL)::int AS reused,
    count(*) FILTER (WHERE audit->>'verdict' = 'identical')::int AS identical,
    count(*) FILTER (WHERE audit->>'verdict' = 'close')::int AS close,
    count(*) FILTER (WHERE audit->>'verdict' = 'different')::int AS different
  FROM trial WHERE sweep_id = s.id AND representative_id IS NULL`;

/** Columns of a sweep with its counts, times as seconds and engines; append WHERE, ORDER and LIMIT. */
export const selectSweepsSql = `
  SELECT s.id, s.name, s.description, s.state::text AS state, s.spec_hash AS "specHash", s.spec, s.snapshot,
    s.trials_asked AS asked, s.trials_distinct AS "distinct", s.last_event_id AS "lastEventId", s.priority,
    s.created_at AS "createdAt", s.started_at AS "startedAt", s.ended_at AS "endedAt", s.archived_at AS "archivedAt",
    extract(epoch FROM coalesce(s.ended_at, now()) - s.started_at)::float8 AS "elapsedSeconds",
    c.*, coalesce(e.engines, '[]'::jsonb) AS engines
  FROM sweep s
  CROSS JOIN LATERAL (${countTrialsSql}) c
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(DISTINCT r.engine) AS engines
    FROM result r JOIN trial t ON t.id = r.trial_id WHERE t.sweep_id = s.id
  ) e`;

/** $1 sweep: its name and its counts. */
export const countsSql = `
  SELECT s.id, s.name, s.trials_asked AS asked, s.trials_distinct AS "distinct", c.pending, c.running, c.completed,
    c.failed, c.cancelled
  FROM sweep s CROSS JOIN LATERAL (${countTrialsSql}) c WHERE s.id = $1`;
