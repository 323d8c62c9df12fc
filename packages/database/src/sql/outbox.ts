/** $1 sweep: its groups with pending trials, in the order of their first trial. */
export const waitingGroupsSql = `
  SELECT group_id AS "groupId", count(*)::int AS pending FROM trial
  WHERE sweep_id = $1 AND state = 'pending' AND representative_id IS NULL
  GROUP BY group_id ORDER BY min(ordinal)`;

/**
 * $1 sweep, $2 tokens as JSON [{groupId, index, place}], $3 delay in ms: new tokens, one generation later than the
 * newest of their group.
 */
export const addTokensSql = `
  INSERT INTO outbox (sweep_id, group_id, index, place, generation, not_before)
  SELECT $1, r."groupId", r.index, r.place, coalesce(g.generation + 1, 0),
    CASE WHEN $3::float8 > 0 THEN now() + $3 * interval '1 millisecond' END
  FROM json_to_recordset($2::json) AS r("groupId" text, index int, place int)
  LEFT JOIN (SELECT group_id, max(generation) AS generation FROM outbox WHERE sweep_id = $1 GROUP BY group_id) g
    ON g.group_id = r."groupId"
  ON CONFLICT DO NOTHING`;

/**
 * Where the line stands: the lowest place that is being served, of the sweeps that have something to serve now. While
 * nobody has, it stands where it was left: places never go back, or who was served before would be behind all that
 * came since.
 * @param among condition on the sweeps \`o\` that count
 */
function lineStandsAt(among: string): string {
  return `coalesce((
    SELECT min(o.served_place) FROM sweep o WHERE o.state = 'running' AND ${among} AND EXISTS (
      SELECT 1 FROM trial t WHERE t.sweep_id = o.id AND t.state = 'pending' AND t.representative_id IS NULL
        AND (t.not_before IS NULL OR t.not_before <= now()))
  ), (SELECT max(o.served_place) FROM sweep o WHERE ${among}), 0)`;
}

/** $1 sweep: where the line stands for it. A newcomer, or one that comes back, lines up with those being served. */
export const linePositionSql = `
  SELECT s.priority, s.served_place AS "servedPlace", ${lineStandsAt("o.id <> s.id")} AS newcomer
  FROM sweep s WHERE s.id = $1`;

/** How far the line has come. */
export const lineSql = `SELECT ${lineStandsAt("true")} AS place`;

/** $1 limit: the foremost unsent tokens that are due, held until the transaction ends; other relays take others. */
export const takeTokensSql = `
  SELECT id, sweep_id AS "sweepId", group_id AS "groupId", index, generation, place FROM outbox
  WHERE sent_at IS NULL AND (not_before IS NULL OR not_before <= now())
  ORDER BY place, id LIMIT $1 FOR UPDATE SKIP LOCKED`;

/** $1 ids. */
export const markSentSql = `UPDATE outbox SET sent_at = now() WHERE id = ANY($1::bigint[])`;
