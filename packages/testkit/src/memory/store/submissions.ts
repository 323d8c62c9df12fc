import { AppError, type SubmittedSweep } from "@smoothsweep/contracts";
import type { IfSame, PlannedSweep, SubmissionAnswer, SubmissionOptions } from "@smoothsweep/sweeps";
import { addTrials } from "./addTrials.ts";
import { endIfDone } from "./endSweep.ts";
import { lineUp } from "./line.ts";
import { countsOf, sweepOf } from "./queries.ts";
import { reuseResults } from "./reuse.ts";
import type { SweepRow, Tables } from "./tables.ts";

/** Writes a sweep, or answers with the one that is there: of its key, or of its specification. */
export function createSweep(
  tables: Tables,
  sweep: PlannedSweep,
  { ifSame, idempotency, notes = [] }: SubmissionOptions = { ifSame: "duplicate" },
): SubmissionAnswer {
  const earlier = earlierAnswer(tables, idempotency);
  if (earlier !== undefined) return earlier;
  const same = findSame(tables, sweep.specHash, ifSame);
  const reused = same === undefined ? writeSweep(tables, sweep) : 0;
  const answer = answerFor(tables, same?.id ?? sweep.id, { joined: same !== undefined, notes: [...notes], reused });
  if (idempotency !== undefined) {
    const { key, requestHash } = idempotency;
    tables.submissions.set(key, { requestHash, answer, createdAt: tables.now() });
  }
  return { ...answer, isReplay: false };
}

/** The answer that a submission would get without creating anything. With a new key, only creating can keep it. */
export function findSubmission(
  tables: Tables,
  specHash: string,
  { ifSame, idempotency, notes = [] }: SubmissionOptions,
): SubmissionAnswer | undefined {
  const earlier = earlierAnswer(tables, idempotency);
  if (earlier !== undefined) return earlier;
  const same = findSame(tables, specHash, ifSame);
  if (same === undefined || idempotency !== undefined) return undefined;
  return { ...answerFor(tables, same.id, { joined: true, notes: [...notes], reused: 0 }), isReplay: false };
}

/** @throws AppError `idempotency_conflict` */
function earlierAnswer(
  { submissions }: Tables,
  idempotency: SubmissionOptions["idempotency"],
): SubmissionAnswer | undefined {
  const known = idempotency === undefined ? undefined : submissions.get(idempotency.key);
  if (known === undefined) return undefined;
  if (known.requestHash !== idempotency?.requestHash) {
    throw new AppError("idempotency_conflict", "`Idempotency-Key` must be used for one request only");
  }
  return { ...known.answer, isReplay: true };
}

/** The newest sweep of a specification of which something may still come, or has come. @throws AppError `same_sweep_exists` */
function findSame({ sweeps }: Tables, specHash: string, ifSame: IfSame): SweepRow | undefined {
  if (ifSame === "duplicate") return undefined;
  const same = [...sweeps.values()].findLast(
    (sweep) =>
      sweep.specHash === specHash &&
      sweep.archivedAt === null &&
      ["running", "paused", "completed"].includes(sweep.state),
  );
  if (same === undefined || ifSame === "join") return same;
  throw new AppError("same_sweep_exists", `the same specification is the sweep ${same.id}`);
}

function answerFor(
  tables: Tables,
  sweepId: string,
  rest: Pick<SubmittedSweep, "joined" | "notes" | "reused">,
): SubmittedSweep {
  return { id: sweepId, name: sweepOf(tables, sweepId).spec.name, counts: countsOf(tables, sweepId), ...rest };
}

/** @returns how many trials were completed with results of other sweeps */
function writeSweep(tables: Tables, { id, spec, specHash, snapshot, trials, distinct }: PlannedSweep): number {
  if (tables.sweeps.has(id) || trials.some((trial) => tables.trials.has(trial.id))) {
    throw new AppError("internal", `the sweep ${id} or a trial of it is there already`);
  }
  const never = { startedAt: null, endedAt: null, archivedAt: null, prunedAt: null };
  const planned = { id, spec, specHash, snapshot };
  const sweep: SweepRow = { ...planned, state: "running", servedPlace: 0, createdAt: tables.now(), ...never };
  tables.sweeps.set(id, sweep);
  tables.feed.create(id);
  addTrials(tables, id, trials);
  const reused = reuseResults(tables, { sweepId: id, spec, since: 0 });
  lineUp(tables, sweep);
  tables.feed.append(id, [{ type: "sweep.created", data: { asked: trials.length, distinct, reused } }]);
  endIfDone(tables, sweep);
  return reused;
}
