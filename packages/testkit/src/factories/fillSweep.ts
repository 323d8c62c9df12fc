/** What runs a statement: a connection, or a pool of them. */
export interface StatementRunner {
  query(statement: string, values: unknown[]): Promise<unknown>;
}

const statements = [
  `INSERT INTO cell (sweep_id, id, "values", plan, plan_summary, model, training)
   SELECT $1, 'cel_' || n, json_build_object('smoothing.epsilon', n / 1e6, 'smoothing.convention', 'uniform'),
     c.plan, c.plan_summary, c.model, c.training
   FROM (SELECT * FROM cell WHERE sweep_id = $1 LIMIT 1) c, generate_series(0, ($3::int - 1) / 10) n, (SELECT $2::text) unused`,
  `INSERT INTO trial (id, sweep_id, ordinal, cell_id, seed, fingerprint, group_id, state, fencing_token, started_at, ended_at)
   SELECT $1 || '_' || n, $1, 1000 + n, 'cel_' || n / 10, n % 10, 'filled ' || n, t.group_id, 'completed', 1, now(), now()
   FROM trial t, generate_series(0, $3::int - 1) n WHERE t.id = $2`,
  `INSERT INTO attempt (trial_id, token, worker_id, ended_at, outcome)
   SELECT $1 || '_' || n, 1, 'wrk_test', now(), 'completed'
   FROM generate_series(0, $3::int - 1) n, (SELECT $2::text) unused`,
  `INSERT INTO report (trial_id, token, epoch, metrics)
   SELECT $1 || '_' || n, 1, r.epoch, r.metrics FROM report r, generate_series(0, $3::int - 1) n WHERE r.trial_id = $2`,
  `INSERT INTO result (trial_id, token, metrics, accuracy, nll, ece, scaled_ece, engine, provenance, seconds)
   SELECT $1 || '_' || n, 1, jsonb_set(r.metrics, '{test,accuracy}', to_jsonb(n / $3::float8)), n / $3::float8, r.nll, r.ece,
     r.scaled_ece, r.engine, r.provenance, r.seconds
   FROM result r, generate_series(0, $3::int - 1) n WHERE r.trial_id = $2`,
  `UPDATE sweep SET trials_asked = trials_asked + $3, trials_distinct = trials_distinct + $3 WHERE id = $1 AND $2::text <> ''`,
];

/**
 * Gives a sweep so many more completed trials, ten a cell, each a copy of one that was completed through the store, with
 * its reports and an accuracy of its own: very many in seconds.
 */
export async function fillSweep(
  runner: StatementRunner,
  { sweepId, like, trials }: { sweepId: string; like: string; trials: number },
): Promise<void> {
  for (const statement of statements) await runner.query(statement, [sweepId, like, trials]);
}
