/** Channel of NOTIFY: the payload is the id of a sweep that has new events. */
export const EVENT_CHANNEL = "smoothsweep_event";
/** Channel of NOTIFY: the payload is the id of a sweep whose claims became void. */
export const REVOCATION_CHANNEL = "smoothsweep_revocation";
/** Channel of NOTIFY: the outbox has unsent tokens. */
export const OUTBOX_CHANNEL = "smoothsweep_outbox";

/**
 * $1 sweep, $2 events as JSON [{type, data}]. Updating the sweep's row first makes writers of one sweep take turns until
 * they commit: ids have no gaps and are in commit order, so "everything after id N" never misses one.
 */
export const appendEventsSql = `
  WITH events AS (
    SELECT item, ordinality AS position FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS e(item, ordinality)
  ), bumped AS (
    UPDATE sweep SET last_event_id = last_event_id + (SELECT count(*) FROM events) WHERE id = $1
    RETURNING last_event_id - (SELECT count(*) FROM events) AS base
  ), written AS (
    INSERT INTO event (sweep_id, id, type, data)
    SELECT $1, base + position, item->>'type', item->'data' FROM events, bumped
  )
  SELECT pg_notify('${EVENT_CHANNEL}', $1)::text`;
