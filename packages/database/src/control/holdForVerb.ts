import { AppError, type SweepVerb } from "@smoothsweep/contracts";
import { lifecycleStateOf, type VerbRule, verbTable } from "@smoothsweep/sweeps";
import type { Sql } from "../connection/openDatabase.ts";
import { holdForDeletionSql, holdOpenTrialsSql, lockVerbsSql } from "../sql/verbs.ts";
import { type HeldSweep, holdSweep } from "../store/holdSweep.ts";
import { notFound } from "../store/reads.ts";

/** Verbs that change or remove trials which others may hold: those are locked before the sweep. */
const holdTrialsSql: Partial<Record<SweepVerb, string>> = {
  stop: holdOpenTrialsSql,
  cancel: holdOpenTrialsSql,
  delete: holdForDeletionSql,
};

type AllowedRule = Extract<VerbRule, { effect: unknown }>;

/**
 * Locks what a verb needs, in the one order of locks, and looks up what the verb does in the sweep's state, which stays
 * as it is until the transaction ends.
 * @throws AppError `not_found`, `verb_refused`
 */
export async function holdForVerb(
  sql: Sql,
  sweepId: string,
  verb: SweepVerb,
): Promise<{ sweep: HeldSweep; rule: AllowedRule }> {
  await sql.$queryRawUnsafe(lockVerbsSql, sweepId);
  const holdTrials = holdTrialsSql[verb];
  if (holdTrials !== undefined) await sql.$queryRawUnsafe(holdTrials, sweepId);
  const sweep = await holdSweep(sql, sweepId);
  if (sweep === undefined) throw notFound("sweep", sweepId);
  return { sweep, rule: allowedRule(verb, sweep) };
}

/** What a verb does to a sweep. @throws AppError `verb_refused` with the reason and what to do instead */
export function allowedRule(
  verb: SweepVerb,
  { id, state, isArchived }: Pick<HeldSweep, "id" | "state" | "isArchived">,
): AllowedRule {
  const at = lifecycleStateOf(state, isArchived);
  const rule = verbTable[verb][at];
  if ("effect" in rule) return rule;
  const message = `the sweep ${id} cannot ${verb}: ${rule.refused}`;
  throw new AppError("verb_refused", message, { fix: rule.fix, context: { sweepId: id, verb, state: at } });
}
