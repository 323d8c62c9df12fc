import type { PlannedSweep, SubmissionAnswer, SubmissionOptions } from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { lineUp } from "./addTokens.ts";
import { appendEvents } from "./appendEvents.ts";
import { endSweepIfDone } from "./endSweepIfDone.ts";
import { reuseResults } from "./reuseResults.ts";
import { answerFor, claimKey, keepAnswer, sameSweep } from "./submissions.ts";
import { transaction } from "./transaction.ts";
import { writeTrials } from "./writeTrials.ts";

/**
 * Writes a sweep, its trials and the tokens its groups need, in one transaction; or answers with the sweep that is
 * there. The idempotency key is a primary key, and submissions of one specification take turns.
 */
export function createSweep(
  database: Database,
  sweep: PlannedSweep,
  options: SubmissionOptions = { ifSame: "duplicate" },
): Promise<SubmissionAnswer> {
  const { idempotency } = options;
  return transaction(database, async (sql) => {
    const earlier = idempotency === undefined ? undefined : await claimKey(sql, idempotency);
    if (earlier !== undefined) return earlier;
    const joinedId = await sameSweep(sql, sweep.specHash, options.ifSame);
    const reused = joinedId === undefined ? await writeSweep(sql, sweep) : 0;
    const answer = await answerFor(sql, joinedId ?? sweep.id, {
      joined: joinedId !== undefined,
      notes: [...(options.notes ?? [])],
      reused,
    });
    if (idempotency !== undefined) await keepAnswer(sql, idempotency.key, answer);
    return answer;
  });
}

/** @returns how many trials were completed with results of other sweeps */
async function writeSweep(sql: Sql, sweep: PlannedSweep): Promise<number> {
  const { id, spec, trials, distinct } = sweep;
  await insertSweep(sql, sweep);
  await writeTrials(sql, sweep, sweep);
  const reused = await reuseResults(sql, { sweepId: id, spec, firstOrdinal: 0 });
  await lineUp(sql, id);
  await appendEvents(sql, id, [{ type: "sweep.created", data: { asked: trials.length, distinct, reused } }]);
  await endSweepIfDone(sql, id);
  return reused;
}

async function insertSweep(sql: Sql, sweep: PlannedSweep): Promise<void> {
  await sql.$executeRawUnsafe(
    `INSERT INTO sweep (id, name, description, spec_hash, spec, snapshot, trials_asked, trials_distinct, priority)
     VALUES ($1, $2, $3, $4, $5::json, $6::jsonb, $7, $8, $9)`,
    sweep.id,
    sweep.spec.name,
    sweep.spec.description,
    sweep.specHash,
    JSON.stringify(sweep.spec),
    JSON.stringify(sweep.snapshot),
    sweep.trials.length,
    sweep.distinct,
    sweep.spec.priority,
  );
}
