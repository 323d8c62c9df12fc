import type { Invariant } from "./invariant.ts";

/** A client that listened all the time was told of every event, once, in order, and then of the end. */
export const eventsHeard: Invariant = {
  title: "clients hear every event once",
  violations: async ({ probe, watch: { sweepId, ids, outcome } }) => {
    const rows = await probe.rows<{ id: number }>("SELECT id FROM event WHERE sweep_id = $1 ORDER BY id", [sweepId]);
    const isEqual = rows.length === ids.length && rows.every(({ id }, index) => id === ids[index]);
    const end = outcome();
    return [
      ...(isEqual ? [] : [`there are ${rows.length} events, ${ids.length} were heard: ${firstDifference(rows, ids)}`]),
      ...(end === "ended" ? [] : [`the stream did not end: ${end === undefined ? "it still listens" : end.error}`]),
    ];
  },
};

function firstDifference(rows: readonly { id: number }[], ids: readonly number[]): string {
  const index = Array.from({ length: Math.max(rows.length, ids.length) }).findIndex(
    (_, place) => rows[place]?.id !== ids[place],
  );
  return `event ${rows[index]?.id ?? "none"}, heard ${ids[index] ?? "none"}`;
}
