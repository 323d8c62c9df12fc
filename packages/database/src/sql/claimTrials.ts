import { EVENT_CHANNEL } from "./appendEvents.ts";

/** Trials of a step of the statement, with all that their training needs. */
const claimedTrials = (step: string) => `
  SELECT t.id AS "trialId", t.sweep_id AS "sweepId", t.fencing_token AS token, c.plan, t.seed::float8 AS seed, c.model,
    c.training
  FROM ${step} t JOIN cell c ON c.sweep_id = t.sweep_id AND c.id = t.cell_id ORDER BY t.ordinal`;

/** $1 group. The first of its trials that wait, and that nobody holds, of some kind and in some order. */
const firstWaiting = (which: string) => `
    SELECT t.sweep_id, t.losses, t.pack_limit FROM trial t
    WHERE t.group_id = $1 AND t.state = 'pending' AND t.representative_id IS NULL
      AND (t.not_before IS NULL OR t.not_before <= now()) AND ${which}
    LIMIT 1 FOR UPDATE OF t SKIP LOCKED`;

/** The trials of the group that may share a pack with the first one, `head`. */
const waitingLikeHead = `
    SELECT t.id FROM trial t
    WHERE t.group_id = $1 AND t.state = 'pending' AND t.representative_id IS NULL
      AND (t.not_before IS NULL OR t.not_before <= now())
      AND t.losses = (SELECT losses FROM head) AND t.pack_limit IS NOT DISTINCT FROM (SELECT pack_limit FROM head)`;

/**
 * $1 group, $2 limit, $3 worker, $4 lease in ms. SKIP LOCKED gives each pending trial to one caller only; the fencing
 * token and the attempt are made in the same statement. How many: {@link packShare}; what runs is looked at only when
 * not enough waits for everyone, and what waits is counted no further than it matters. Trials that were lost once go first, because a worker
 * that vanished must not cost them their turn; those that were lost again go last, because one of them may be the culprit.
 * A pack has only trials that were lost as often and allow as many.
 */
export const claimTrialsSql = `
  WITH live AS (
    SELECT greatest(1, count(*))::int AS workers FROM worker
    WHERE ended_at IS NULL AND seen_at > now() - interval '15 seconds'
  ), waiting AS (
    SELECT count(*)::int AS trials FROM (
      SELECT 1 FROM sweep s JOIN trial t ON t.sweep_id = s.id
      WHERE s.state = 'running' AND t.state = 'pending' AND t.representative_id IS NULL
      LIMIT (SELECT $2::int * workers FROM live)
    ) AS few
  ), running AS (
    SELECT coalesce(sum(1 - coalesce(told.epoch, 0)::float / (c.training->>'epochs')::int), 0) AS remaining
    FROM sweep s JOIN trial t ON t.sweep_id = s.id JOIN cell c ON c.sweep_id = t.sweep_id AND c.id = t.cell_id
    LEFT JOIN LATERAL (
      SELECT max(epoch) AS epoch FROM report WHERE trial_id = t.id AND token = t.fencing_token
    ) AS told ON true
    WHERE s.state = 'running' AND t.state = 'running' AND (SELECT trials < $2::int * workers FROM waiting, live)
  ), lost_once AS (
    ${firstWaiting("t.losses = 1 ORDER BY t.ordinal")}
  ), fresh AS (
    ${firstWaiting("t.losses = 0 AND NOT EXISTS (SELECT 1 FROM lost_once) ORDER BY t.ordinal")}
  ), suspect AS (
    ${firstWaiting("t.losses > 1 AND NOT EXISTS (SELECT 1 FROM lost_once UNION ALL SELECT 1 FROM fresh) ORDER BY t.losses, t.ordinal")}
  ), head AS (
    SELECT h.* FROM (TABLE lost_once UNION ALL TABLE fresh UNION ALL TABLE suspect) AS h
    JOIN sweep s ON s.id = h.sweep_id AND s.state = 'running'
  ), alike AS (
    SELECT count(*)::int AS trials FROM (${waitingLikeHead} LIMIT 2 * $2::int) AS few
  ), share AS (
    SELECT greatest(1, least(
      CASE WHEN alike.trials > $2::int AND alike.trials < 2 * $2::int THEN (alike.trials + 1) / 2 ELSE $2::int END,
      ceil((waiting.trials + remaining) / workers)::int)) AS trials
    FROM live, waiting, running, alike
  ), picked AS (
    ${waitingLikeHead} ORDER BY t.ordinal
    LIMIT (SELECT least(trials, pack_limit) FROM share, head)
    FOR UPDATE OF t SKIP LOCKED
  ), claimed AS (
    UPDATE trial t SET state = 'running', fencing_token = t.fencing_token + 1, worker_id = $3, not_before = NULL,
      lease_expires_at = now() + $4 * interval '1 millisecond', started_at = coalesce(t.started_at, now())
    FROM picked WHERE t.id = picked.id
    RETURNING t.id, t.sweep_id, t.cell_id, t.fencing_token, t.seed, t.ordinal
  ), attempted AS (
    INSERT INTO attempt (trial_id, token, worker_id) SELECT id, fencing_token, $3 FROM claimed
  )
  ${claimedTrials("claimed")}`;

/** $1 request. Requests with one id take turns until they commit. */
export const lockRequestSql = `SELECT pg_advisory_xact_lock(hashtextextended($1, 3))::text`;

/**
 * $1 group, $2 worker, $3 request, $4 lease in ms, the request held. What the request handed out before and what still
 * holds. The event that tells of it names the request; attempt and event are of one transaction, so of one time. Newest
 * events are looked at first, and only when the worker has trials of the group at all.
 */
export const takeUpTrialsSql = `
  WITH mine AS (
    SELECT t.id, t.sweep_id, t.fencing_token FROM trial t
    WHERE t.group_id = $1 AND t.state = 'running' AND t.worker_id = $2 ORDER BY t.id FOR UPDATE
  ), told AS (
    SELECT e.created_at, e.data->'trialIds' AS ids FROM event e
    WHERE e.sweep_id = (SELECT min(sweep_id) FROM mine) AND e.type = 'trials.started' AND e.data->>'requestId' = $3
    ORDER BY e.id DESC LIMIT 1
  ), held AS (
    UPDATE trial t SET lease_expires_at = now() + $4 * interval '1 millisecond'
    FROM mine JOIN attempt a ON a.trial_id = mine.id AND a.token = mine.fencing_token
    JOIN told ON a.started_at = told.created_at AND told.ids ? a.trial_id
    WHERE t.id = mine.id
    RETURNING t.id, t.sweep_id, t.cell_id, t.fencing_token, t.seed, t.ordinal
  )
  ${claimedTrials("held")}`;

/**
 * $1 sweep, $2 place of the token that was served, or null, $3 {@link PLACE_RESET}, $4 data of the event
 * `trials.started`. One row when the sweep runs; none, and nothing written, when it does not (any more). A token that was
 * made before the line was counted anew still has its old place, which says nothing of where the sweep stands now. The
 * event takes turns as all do: {@link appendEventsSql}.
 */
export const startTrialsSql = `
  WITH started AS (
    UPDATE sweep SET started_at = coalesce(started_at, now()), last_event_id = last_event_id + 1,
      served_place = CASE WHEN $2::int > $3::int AND served_place < $3::int / 2 THEN served_place
        ELSE greatest(served_place, coalesce($2::int, served_place)) END
    WHERE id = $1 AND state = 'running' RETURNING last_event_id
  ), written AS (
    INSERT INTO event (sweep_id, id, type, data) SELECT $1, last_event_id, 'trials.started', $4::jsonb FROM started
  )
  SELECT pg_notify('${EVENT_CHANNEL}', $1)::text FROM started`;
