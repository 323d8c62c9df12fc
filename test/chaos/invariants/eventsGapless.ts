import { type Invariant, rowsAsViolations } from "./invariant.ts";

/** Events of a sweep count from 1 without gaps, and end with its end. */
export const eventsGapless: Invariant = {
  title: "events have no gaps",
  violations: ({ probe }) =>
    rowsAsViolations(
      probe,
      "gap, or the last event is not the end",
      `SELECT s.id, s.last_event_id, count(e.id)::int AS events, max(e.id) AS newest,
         (array_agg(e.type ORDER BY e.id DESC))[1] AS last
       FROM sweep s LEFT JOIN event e ON e.sweep_id = s.id GROUP BY s.id
       HAVING count(e.id) <> s.last_event_id OR max(e.id) <> s.last_event_id
         OR (array_agg(e.type ORDER BY e.id DESC))[1] <> 'sweep.ended'`,
    ),
};
