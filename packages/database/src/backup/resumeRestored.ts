import type pg from "pg";

/*
 * What was under way when the backup was made is nobody's any more. The trials are handed back, without counting against
 * their attempts; tokens of groups that still wait are sent again, because the queue is not part of a backup (law 1).
 */
const handBackSql = `
  WITH moved AS (
    UPDATE trial SET state = 'pending', worker_id = NULL, lease_expires_at = NULL
    WHERE state = 'running' RETURNING id, fencing_token
  )
  UPDATE attempt a SET outcome = 'returned', ended_at = now(), message = 'restored from a backup'
  FROM moved WHERE a.trial_id = moved.id AND a.token = moved.fencing_token`;

const sendAgainSql = `
  UPDATE outbox o SET sent_at = NULL
  WHERE EXISTS (SELECT 1 FROM trial t WHERE t.group_id = o.group_id AND t.state = 'pending')`;

const forgetWorkersSql = "UPDATE worker SET ended_at = now() WHERE ended_at IS NULL";

/** Makes a restored database ready to go on: half-done sweeps continue as soon as an API and workers start. */
export async function resumeRestored(client: pg.Client): Promise<void> {
  await client.query("BEGIN");
  for (const statement of [handBackSql, sendAgainSql, forgetWorkersSql]) await client.query(statement);
  await client.query("COMMIT");
}
