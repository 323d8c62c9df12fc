import { AppError, type SubmittedSweep, type TrialCounts } from "@smoothsweep/contracts";
import type { IfSame, SubmissionAnswer, SubmissionOptions } from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { countsSql } from "../sql/readSweeps.ts";
import { transaction } from "./transaction.ts";

type Idempotency = NonNullable<SubmissionOptions["idempotency"]>;

interface KeyRow {
  requestHash: string;
  answer: SubmittedSweep | null;
}

/**
 * Takes an idempotency key for this transaction; who comes second waits for the first one's end.
 * @returns the answer that the key has got already; undefined when it is ours
 * @throws AppError `idempotency_conflict`
 */
export async function claimKey(sql: Sql, { key, requestHash }: Idempotency): Promise<SubmissionAnswer | undefined> {
  const taken = await sql.$executeRawUnsafe(
    "INSERT INTO submission (key, request_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    key,
    requestHash,
  );
  return taken === 1 ? undefined : readKey(sql, { key, requestHash });
}

/** The answer that a key has got. @throws AppError `idempotency_conflict` */
async function readKey(sql: Sql, { key, requestHash }: Idempotency): Promise<SubmissionAnswer | undefined> {
  const [row] = await sql.$queryRawUnsafe<KeyRow[]>(
    `SELECT request_hash AS "requestHash", answer FROM submission WHERE key = $1`,
    key,
  );
  if (row === undefined) return undefined;
  if (row.requestHash !== requestHash) {
    throw new AppError(
      "idempotency_conflict",
      `\`Idempotency-Key\` must be used for one request only, got ${JSON.stringify(key)} for another one`,
      { fix: "Send a new key with a new request." },
    );
  }
  return row.answer === null ? undefined : { ...row.answer, isReplay: true };
}

/** Remembers what a key was answered. */
export async function keepAnswer(sql: Sql, key: string, { isReplay: _, ...answer }: SubmissionAnswer): Promise<void> {
  await sql.$executeRawUnsafe(
    "UPDATE submission SET sweep_id = $2, answer = $3::jsonb WHERE key = $1",
    key,
    answer.id,
    JSON.stringify(answer),
  );
}

/**
 * The sweep of this specification that a submission joins; submissions of one specification take turns until they
 * commit. A sweep that failed or was ended by its user is not joined: joining would hide that nothing will come.
 * @throws AppError `same_sweep_exists`
 */
export async function sameSweep(sql: Sql, specHash: string, ifSame: IfSame): Promise<string | undefined> {
  if (ifSame === "duplicate") return undefined;
  await sql.$queryRawUnsafe("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))::text", specHash);
  return findSame(sql, specHash, ifSame);
}

/** The lock keeps the sweep from being deleted before it is answered with; one that is being deleted is waited for. */
async function findSame(sql: Sql, specHash: string, ifSame: IfSame): Promise<string | undefined> {
  const [same] = await sql.$queryRawUnsafe<{ id: string; state: string }[]>(
    `SELECT id, state::text AS state FROM sweep
     WHERE spec_hash = $1 AND archived_at IS NULL AND state IN ('running', 'paused', 'completed')
     ORDER BY created_at DESC, id DESC LIMIT 1 FOR KEY SHARE`,
    specHash,
  );
  if (same === undefined || ifSame === "join") return same?.id;
  const context = { sweepId: same.id };
  throw new AppError("same_sweep_exists", `the same specification is the sweep ${same.id}, which is ${same.state}`, {
    context,
    fix: `Read it, \`extend\` it, or submit with \`ifSame=duplicate\`.`,
  });
}

/** What a submission is answered with. */
export async function answerFor(
  sql: Sql,
  sweepId: string,
  { joined, notes, reused }: Pick<SubmittedSweep, "joined" | "notes" | "reused">,
): Promise<SubmissionAnswer> {
  const [row] = await sql.$queryRawUnsafe<(TrialCounts & { id: string; name: string })[]>(countsSql, sweepId);
  const { id, name, ...counts } = row as TrialCounts & { id: string; name: string };
  return { id, name, counts, notes, joined, reused, isReplay: false };
}

/** The answer that a submission would get without creating anything. */
export function findSubmission(
  database: Database,
  specHash: string,
  { ifSame, idempotency, notes = [] }: SubmissionOptions,
): Promise<SubmissionAnswer | undefined> {
  return transaction(database, async (sql) => {
    const earlier = idempotency === undefined ? undefined : await readKey(sql, idempotency);
    if (earlier !== undefined) return earlier;
    const same = ifSame === "duplicate" ? undefined : await findSame(sql, specHash, ifSame);
    // With a key the answer must be kept, which only a submission does.
    if (same === undefined || idempotency !== undefined) return undefined;
    return answerFor(sql, same, { joined: true, notes: [...notes], reused: 0 });
  });
}
