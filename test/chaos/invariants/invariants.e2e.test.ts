import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyMigrations, createTrialStore, type Database, openDatabase } from "@smoothsweep/database";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@smoothsweep/runtime";
import { acceptedResult, plannedSweep } from "@smoothsweep/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openProbe, type Probe } from "../stack/probe.ts";
import { checkInvariants } from "./catalogue.ts";
import type { Aftermath } from "./invariant.ts";
import { type ResultDigests, readResultDigests } from "./readResultDigests.ts";

/** Each way to spoil a completed sweep, and the invariant that must say so. */
const spoilt: [invariant: string, statement: string][] = [
  ["every trial has an accepted result", "DELETE FROM result WHERE trial_id = (SELECT min(trial_id) FROM result)"],
  ["every trial has an accepted result", "UPDATE trial SET state = 'failed' WHERE ordinal = 0"],
  ["every result is accepted exactly once", "UPDATE attempt SET outcome = 'lost'"],
  ["every result is accepted exactly once", "UPDATE trial SET fencing_token = 2"],
  ["every result is accepted exactly once", "DELETE FROM prediction WHERE split = 'validation'"],
  ["every result is accepted exactly once", "DELETE FROM report WHERE epoch = 2"],
  ["every result is accepted exactly once", "UPDATE event SET type = 'trial.reported' WHERE type = 'trial.completed'"],
  ["every attempt is accounted for", "UPDATE attempt SET outcome = NULL"],
  ["every attempt is accounted for", "UPDATE trial SET fencing_token = 3"],
  ["nothing is stuck", "UPDATE sweep SET ended_at = NULL"],
  ["nothing is stuck", "UPDATE trial SET lease_expires_at = now() WHERE ordinal = 0"],
  ["events have no gaps", "DELETE FROM event WHERE id = 2"],
  [
    "results equal those of an undisturbed run",
    "UPDATE result SET metrics = jsonb_set(metrics, '{trainLoss}', '0.61')",
  ],
  ["results equal those of an undisturbed run", "UPDATE prediction SET bytes = '\\x010204' WHERE split = 'test'"],
  ["results equal those of an undisturbed run", "UPDATE report SET metrics = jsonb_set(metrics, '{trainLoss}', '0.7')"],
];

describe("the invariants", () => {
  const directory = mkdtempSync(join(tmpdir(), "smoothsweep-invariants-"));
  chmodSync(directory, 0o711);
  let postgres: EmbeddedPostgres;
  let database: Database;
  let probe: Probe;
  let reference: ResultDigests;
  let watch: Aftermath["watch"];

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, "postgres"), durability: "relaxed" });
    await applyMigrations(postgres.url, "prisma/migrations");
    database = openDatabase({ url: postgres.url });
    probe = openProbe(postgres.url);
  });
  afterAll(async () => {
    await Promise.all([probe.close(), database.close()]);
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await probe.rows("TRUNCATE sweep, outbox CASCADE");
    const sweepId = await completeSweep(database);
    reference = await readResultDigests(probe);
    const events = await probe.rows<{ id: number }>("SELECT id FROM event ORDER BY id");
    watch = { sweepId, ids: events.map(({ id }) => id), outcome: () => "ended" };
  });
  const violations = (changes = {}) =>
    checkInvariants({
      ...{ probe, reference, watch, submissions: 1, silentWorkers: [], unstoppable: [], leftovers: [] },
      ...changes,
    });

  it("hold for a completed sweep", async () => {
    expect(await violations()).toEqual([]);
  });

  it.each(spoilt)("see '%s' broken by: %s", async (invariant, statement) => {
    await probe.rows(statement);
    const found = await violations();
    expect(found.filter((line) => line.startsWith(invariant))).not.toEqual([]);
  });

  it("say so when a submission is missing or doubled, a worker is silent, or a process is left", async () => {
    expect(await violations({ submissions: 2 })).toHaveLength(1);
    expect(await violations({ silentWorkers: ["worker-1"] })).toHaveLength(1);
    expect(await violations({ unstoppable: ["api"] })).toHaveLength(1);
    expect(await violations({ leftovers: [{ pid: 1, parentPid: 1, command: "node" }] })).toHaveLength(1);
  });

  it("say so when a client missed an event, heard one twice or out of order, or still listens", async () => {
    const { ids } = watch;
    for (const heard of [ids.slice(1), [...ids, ids.at(-1)], ids.toReversed()]) {
      expect(await violations({ watch: { ...watch, ids: heard } })).toHaveLength(1);
    }
    expect(await violations({ watch: { ...watch, outcome: () => undefined } })).toHaveLength(1);
    expect(await violations({ watch: { ...watch, outcome: () => ({ error: "refused" }) } })).toHaveLength(1);
  });
});

/** A sweep whose every trial was claimed and accepted in its first attempt. */
async function completeSweep(database: Database): Promise<string> {
  const store = createTrialStore(database);
  const sweep = plannedSweep();
  await store.createSweep(sweep);
  for (const groupId of new Set(sweep.trials.map((trial) => trial.groupId))) {
    const claims = await store.claimTrials({ groupId, workerId: "wrk_test", limit: 100, leaseMs: 60_000 });
    for (const claim of claims) {
      const result = acceptedResult(claim);
      const [prediction] = result.predictions;
      const predictions = ["validation", "test"].map((split) => ({ ...prediction!, split }) as typeof prediction & {});
      await store.acceptResults([{ ...result, predictions }]);
    }
  }
  return sweep.id;
}
