/** $1 sweep, $2 group, $3 count: new tokens for a group, one generation later than its newest. */
export const addTokensSql = `
  INSERT INTO outbox (sweep_id, group_id, index, generation)
  SELECT $1, $2, i, (SELECT coalesce(max(generation), -1) + 1 FROM outbox WHERE group_id = $2)
  FROM generate_series(0, $3 - 1) AS i
  ON CONFLICT DO NOTHING`;

/** $1 limit: the oldest unsent tokens, held until the transaction ends; other relays take others. */
export const takeTokensSql = `
  SELECT id, sweep_id AS "sweepId", group_id AS "groupId", index, generation FROM outbox
  WHERE sent_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`;

/** $1 ids. */
export const markSentSql = `UPDATE outbox SET sent_at = now() WHERE id = ANY($1::bigint[])`;
