/** $1 protocol, $2 version. An older API never lowers it. */
export const announceSql = `
  INSERT INTO installation (id, protocol, version) VALUES (1, $1, $2)
  ON CONFLICT (id) DO UPDATE SET protocol = excluded.protocol, version = excluded.version, updated_at = now()
  WHERE installation.protocol <= excluded.protocol`;

/** $1 worker. A worker of another protocol is told to drain, and from then on always. */
export const heartbeatSql = `
  WITH skewed AS (
    SELECT w.id, 'the API speaks protocol ' || i.protocol || ' (version ' || i.version || '), the worker '
      || w.protocol || ' (version ' || w.version || ')' AS reason
    FROM worker w JOIN installation i ON i.protocol <> w.protocol WHERE w.id = $1
  )
  UPDATE worker w SET seen_at = now(),
    draining_at = coalesce(w.draining_at, (SELECT now() FROM skewed)),
    drain_reason = coalesce(w.drain_reason, (SELECT reason FROM skewed))
  WHERE w.id = $1
  RETURNING w.draining_at IS NOT NULL AS drain, w.drain_reason AS reason`;

/** $1 how long ago in ms a worker that has ended may have been seen last. */
export const listWorkersSql = `
  SELECT w.id, w.host, w.pid, w.version, w.protocol, w.engine, w.pack_capacity AS "packCapacity",
    w.memory_bytes::float8 AS "memoryBytes", w.started_at AS "startedAt", w.seen_at AS "seenAt", w.ended_at AS "endedAt",
    w.drain_reason AS "drainReason", coalesce(h.running, 0)::int AS running
  FROM worker w
  LEFT JOIN (
    SELECT t.worker_id, count(*) AS running FROM sweep s JOIN trial t ON t.sweep_id = s.id AND t.state = 'running'
    WHERE s.state IN ('running', 'paused', 'stopping') GROUP BY t.worker_id
  ) h ON h.worker_id = w.id
  WHERE w.ended_at IS NULL OR w.seen_at > now() - $1 * interval '1 millisecond'
  ORDER BY w.started_at DESC LIMIT 1000`;
