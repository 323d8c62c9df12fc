import pg from "pg";
import { expect } from "vitest";

/** Where transactions can be held: a lock that they need at this point, as the statement that takes it. */
export const points = {
  /** Events are numbered under the sweep's row: who ends, claims or changes trials comes here last. */
  sweepRow: (sweepId: string) => ({ take: "SELECT 1 FROM sweep WHERE id = $1 FOR NO KEY UPDATE", value: sweepId }),
  /** Attempts come here first. */
  trialRow: (trialId: string) => ({ take: "SELECT 1 FROM trial WHERE id = $1 FOR UPDATE", value: trialId }),
  /** Verbs on one sweep take turns here. */
  verbsOf: (sweepId: string) => ({ take: "SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", value: sweepId }),
  /** Submissions of one specification take turns here. */
  submissionsOf: (specHash: string) => ({
    take: "SELECT pg_advisory_xact_lock(hashtextextended($1, 1))",
    value: specHash,
  }),
  /** Who counts the line of all sweeps anew comes here first. */
  line: () => ({ take: "SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", value: "line" }),
  /** Submissions with one idempotency key come here first. */
  idempotencyKey: (key: string) => ({
    take: "INSERT INTO submission (key, request_hash) VALUES ($1, 'of one who dies')",
    value: key,
  }),
  /** What a deletion removes after the sweep's own row. */
  submissionRow: (key: string) => ({ take: "SELECT 1 FROM submission WHERE key = $1 FOR UPDATE", value: key }),
};

export type Point = ReturnType<(typeof points)[keyof typeof points]>;

/** A side of a race that stands at the point. */
interface Waiting<T> {
  outcome: Promise<T>;
}

interface Gate {
  /** Starts a side of the race and waits until the database says that it is blocked, with all that came before. */
  arrive<T>(side: () => Promise<T>): Promise<Waiting<T>>;
  /** Starts many sides at once, which arrive in any order. */
  arriveAll<T>(sides: readonly (() => Promise<T>)[]): Promise<Promise<T>[]>;
  /** Runs a statement in the transaction that holds the point. */
  run(statement: string, ...values: unknown[]): Promise<void>;
  /** Commits: who waits goes on, in the order of arrival. */
  open(): Promise<void>;
}

/**
 * Holds a point while `race` starts the sides; whatever becomes of it, the point is free afterwards.
 * Rows and advisory locks are handed on in the order in which they were asked for, so the order of arrival is the order
 * in which the sides go on.
 */
export async function heldAt(url: string, { take, value }: Point, race: (gate: Gate) => Promise<void>): Promise<void> {
  const [holder, watcher] = [new pg.Client(url), new pg.Client(url)];
  await Promise.all([holder.connect(), watcher.connect()]);
  let arrived = 0;
  const arriveAll = async <T>(sides: readonly (() => Promise<T>)[]) => {
    const outcomes = sides.map((side) => side());
    // They are looked at when the point is free, and must not count as unhandled until then.
    for (const outcome of outcomes) outcome.catch(() => {});
    arrived += sides.length;
    await expect.poll(() => blockedSessions(watcher), { interval: 5, timeout: 10_000 }).toBe(arrived);
    return outcomes;
  };
  try {
    await holder.query("BEGIN");
    await holder.query(take, [value]);
    await race({
      arrive: async (side) => ({ outcome: (await arriveAll([side]))[0]! }),
      arriveAll,
      run: async (statement, ...values) => void (await holder.query(statement, values)),
      open: async () => void (await holder.query("COMMIT")),
    });
  } finally {
    await holder.query("ROLLBACK");
    await Promise.all([holder.end(), watcher.end()]);
  }
}

/** Lets two sides meet at a point and go on one after the other. @returns what became of both */
export async function inOrder<A, B>(
  url: string,
  point: Point,
  [first, second]: [() => Promise<A>, () => Promise<B>],
): Promise<[A, B]> {
  let outcomes: [Promise<A>, Promise<B>] | undefined;
  await heldAt(url, point, async (gate) => {
    const one = await gate.arrive(first);
    const other = await gate.arrive(second);
    outcomes = [one.outcome, other.outcome];
    await gate.open();
  });
  return Promise.all(outcomes!);
}

async function blockedSessions(watcher: pg.Client): Promise<number> {
  const { rows } = await watcher.query<{ blocked: number }>(
    `SELECT count(*)::int AS blocked FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND cardinality(pg_blocking_pids(pid)) > 0`,
  );
  return rows[0]!.blocked;
}
