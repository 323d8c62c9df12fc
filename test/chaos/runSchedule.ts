import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { checkInvariants } from "./invariants/catalogue.ts";
import { type ResultDigests, readResultDigests } from "./invariants/readResultDigests.ts";
import { readHistory } from "./measure/readHistory.ts";
import { type Recovery, recoveriesOf } from "./measure/recovery.ts";
import type { Schedule } from "./schedule/planSchedule.ts";
import { awaitHeartbeats } from "./stack/awaitHeartbeats.ts";
import { type ChaosStack, type Servers, startChaosStack } from "./stack/chaosStack.ts";
import { markedProcesses } from "./stack/processes.ts";
import { type Struck, strikeAll } from "./strikeAll.ts";
import { submitSweep } from "./submitSweep.ts";
import { chaosSpec, smallSpec } from "./sweepSpecs.ts";
import { whatIsThere } from "./whatIsThere.ts";

/** A schedule whose work is not done by then is stuck. */
const DEADLINE_MS = 120_000;
const POLL_MS = 100;
/** A training child notices within this that its worker is gone. */
const ORPHAN_GRACE_MS = 3_000;

export interface ScheduleRun {
  schedule: Schedule;
  servers: Servers;
  workers: number;
  engine: string;
  /** Name of the database; made here. */
  name: string;
  directory: string;
  reference: ResultDigests | undefined;
  /** Whether the tables are kept even when nothing is violated. */
  keep: boolean;
}

export interface ScheduleOutcome {
  violations: string[];
  recoveries: Recovery[];
  trials: number;
  attempts: number;
  seconds: number;
  diskMethod: string;
  /** What this run's results are, for others to be compared with. */
  digests: ResultDigests;
}

/** Starts the stack, submits, lets everything break, and checks what is left. */
export async function runSchedule(run: ScheduleRun): Promise<ScheduleOutcome> {
  mkdirSync(run.directory, { recursive: true });
  const stack = await startChaosStack(run);
  try {
    const startedAt = performance.now();
    const submissions = await submitAll(stack, run);
    const { strikes, problems } = await surviveOrTimeOut(stack, run.schedule);
    const seconds = (performance.now() - startedAt) / 1000;
    const silentWorkers = await awaitHeartbeats(stack);
    const unstoppable = await stack.stopServices();
    const { probe } = stack;
    const aftermath = { probe, reference: run.reference, submissions, silentWorkers, unstoppable };
    const leftovers = await leftoversOf(stack);
    const violations = [...problems, ...(await checkInvariants({ ...aftermath, leftovers }))];
    if (violations.length > 0 || run.keep) await keepEvidence(stack, run.directory);
    const history = await readHistory(probe);
    return {
      violations,
      recoveries: recoveriesOf(strikes, history),
      trials: history.trials,
      attempts: history.attempts.length,
      seconds,
      diskMethod: stack.disk.method,
      digests: await readResultDigests(probe),
    };
  } finally {
    await stack.stopServices();
    await stack.release();
  }
}

/** @returns how many sweeps there must be in the end */
async function submitAll({ url }: ChaosStack, { schedule, reference }: ScheduleRun): Promise<number> {
  await submitSweep(url, { spec: chaosSpec, key: "chaos", ifSame: "join" });
  // The run that others are compared with has both sweeps; elsewhere the small one comes by fault.
  if (reference === undefined) await submitSweep(url, { spec: smallSpec, ifSame: "join" });
  const byFault = schedule.steps.filter(({ fault }) => fault.kind === "submit.twenty").length;
  return 1 + (reference === undefined ? 1 : 0) + byFault;
}

async function surviveOrTimeOut(stack: ChaosStack, schedule: Schedule): Promise<Struck> {
  const giveUp = AbortSignal.timeout(DEADLINE_MS);
  const struck = await strikeAll(stack, schedule, giveUp);
  while (!giveUp.aborted && (await openSweeps(stack)) > 0) await delay(POLL_MS);
  if (giveUp.aborted)
    struck.problems.push(`not done within ${DEADLINE_MS / 1000} s: ${await whatIsThere(stack.probe)}`);
  return struck;
}

async function openSweeps({ probe }: ChaosStack): Promise<number> {
  const [row] = await probe.rows<{ open: number }>("SELECT count(*)::int AS open FROM sweep WHERE ended_at IS NULL");
  return row?.open ?? 0;
}

async function leftoversOf({ mark }: ChaosStack) {
  const giveUpAt = performance.now() + ORPHAN_GRACE_MS;
  let left = markedProcesses(mark);
  while (left.length > 0 && performance.now() < giveUpAt) {
    await delay(POLL_MS);
    left = markedProcesses(mark);
  }
  for (const { pid } of left) process.kill(pid, "SIGKILL");
  return left;
}

const evidence = ["sweep", "trial", "attempt", "outbox", "worker", "event"];

/** The tables that tell what went wrong, beside the logs. */
async function keepEvidence({ probe }: ChaosStack, directory: string): Promise<void> {
  for (const table of evidence) {
    const rows = await probe.rows<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
    writeFileSync(join(directory, `${table}.jsonl`), rows.map(({ row }) => `${row}\n`).join(""));
  }
}
