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
import { hasOpenSweeps, watchForStall } from "./stack/progress.ts";
import { waitUntil } from "./stack/waitUntil.ts";
import { type Struck, strikeAll } from "./strikeAll.ts";
import { submitSweep } from "./submitSweep.ts";
import { chaosSpec, smallSpec } from "./sweepSpecs.ts";
import { watchEvents } from "./watchEvents.ts";
import { whatIsThere } from "./whatIsThere.ts";

/** A sweep of which nothing is accepted for so long, is stuck: no fault lasts half as long. */
const STUCK_MS = 120_000;
const POLL_MS = 100;
/** A client of the event stream has noticed by then that its connection is dead, and heard the rest on another. */
const HEARD_MS = 60_000;
/** A training child notices within half a second that its worker is gone; a busy machine needs time to end it. */
const ORPHAN_GRACE_MS = 10_000;

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
    const { submissions, watch } = await submitAll(stack, run);
    const { strikes, problems } = await surviveOrGiveUp(stack, run.schedule);
    const seconds = (performance.now() - startedAt) / 1000;
    const silentWorkers = await awaitHeartbeats(stack);
    await waitUntil(() => watch.outcome() !== undefined, HEARD_MS);
    watch.stop();
    const unstoppable = await stack.stopServices();
    const { probe } = stack;
    const aftermath = { probe, reference: run.reference, submissions, watch, silentWorkers, unstoppable };
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

/** @returns how many sweeps there must be in the end, and who listens to the one that everything is about */
async function submitAll({ url }: ChaosStack, { schedule, reference }: ScheduleRun) {
  const sweepId = await submitSweep(url, { spec: chaosSpec, key: "chaos", ifSame: "join" });
  // The run that others are compared with has both sweeps; elsewhere the small one comes by fault.
  if (reference === undefined) await submitSweep(url, { spec: smallSpec, ifSame: "join" });
  const byFault = schedule.steps.reduce((sum, { fault }) => sum + (fault.submissions ?? 0), 0);
  return { submissions: 1 + (reference === undefined ? 1 : 0) + byFault, watch: watchEvents(url, sweepId) };
}

async function surviveOrGiveUp(stack: ChaosStack, schedule: Schedule): Promise<Struck> {
  const { probe } = stack;
  const stall = watchForStall(probe, STUCK_MS);
  const struck = await strikeAll(stack, schedule, stall.signal);
  while (!stall.signal.aborted && (await hasOpenSweeps(probe))) await delay(POLL_MS);
  await stall.stop();
  if (stall.signal.aborted) {
    struck.problems.push(`nothing was accepted for ${STUCK_MS / 1000} s: ${await whatIsThere(probe)}`);
  }
  return struck;
}

async function leftoversOf({ mark }: ChaosStack) {
  await waitUntil(() => markedProcesses(mark).length === 0, ORPHAN_GRACE_MS);
  const left = markedProcesses(mark);
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
