import type { SweepEvent } from "@smoothsweep/contracts";
import { createWorkerRegistry } from "@smoothsweep/database";
import { every, type Repetition } from "@smoothsweep/runtime";
import { WORKER_PROTOCOL } from "@smoothsweep/sweeps";
import { startTcpProxy } from "@smoothsweep/testkit/faults";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isRunning } from "./builtChild.ts";
import { startTestStack, type TestStack } from "./startTestStack.ts";
import { startWorkerProcess, type WorkerProcess } from "./workerProcess.ts";

const isEnd = ({ type }: SweepEvent) => type === "sweep.ended";
const isReport = ({ type }: SweepEvent) => type === "trial.reported";
const soon = { timeout: 30_000, interval: 20 };

/** One pack of 3 trials, long enough to be met in its middle. */
const onePack = { training: { epochs: 60, batchSize: 50 }, seeds: [0] };
const endless = { training: { epochs: 10_000, batchSize: 50 }, seeds: [0] };

describe("the worker program, from its start to its end", () => {
  let stack: TestStack;
  const running: WorkerProcess[] = [];
  const reconcilers: Repetition[] = [];
  beforeEach(async () => {
    stack = await startTestStack();
  });
  afterEach(async () => {
    for (const worker of running.splice(0)) {
      worker.process.kill("SIGCONT");
      worker.process.kill("SIGKILL");
      await worker.gone();
    }
    for (const reconciler of reconcilers.splice(0)) await reconciler.stop();
    await stack.close();
  });

  const start = async (env: Record<string, string> = {}): Promise<WorkerProcess> => {
    const worker = startWorkerProcess({ DATABASE_URL: stack.url, ...env });
    running.push(worker);
    await worker.logged("worker takes work");
    return worker;
  };
  const attemptsOf = (sweepId: string) =>
    stack.rows<{ token: number; outcome: string | null; code: string | null }>(
      `SELECT a.token, a.outcome, a.code FROM attempt a JOIN trial t ON t.id = a.trial_id
       WHERE t.sweep_id = $1 ORDER BY a.token, t.ordinal`,
      sweepId,
    );
  const countsOf = async (sweepId: string) => (await stack.store.getSweep(sweepId)).counts;

  it("is listed while it lives, with what it can do, and as ended afterwards", async () => {
    const registry = createWorkerRegistry(stack.database);
    const worker = await start({ SMOOTHSWEEP_CHILD_MEMORY: "3GiB" });
    expect(await registry.list(60_000)).toEqual([
      expect.objectContaining({
        pid: worker.process.pid,
        engine: expect.objectContaining({ name: "wasm", device: expect.any(String) }),
        packCapacity: 4,
        memoryBytes: 3 * 1024 ** 3,
        endedAt: null,
      }),
    ]);
    worker.process.kill("SIGTERM");
    await worker.gone();
    expect(await registry.list(60_000)).toEqual([expect.objectContaining({ endedAt: expect.any(String) })]);
  });

  it("refuses to start when the API speaks another protocol, and says which", async () => {
    await createWorkerRegistry(stack.database).announce({ protocol: WORKER_PROTOCOL + 1, version: "9.9.9" });
    const worker = startWorkerProcess({ DATABASE_URL: stack.url });
    running.push(worker);
    expect(await worker.gone()).toBe(1);
    const told = worker.lines.find(({ msg }) => msg.includes("[version_skew]"))?.msg;
    expect(told).toContain(`must be ${WORKER_PROTOCOL + 1}, that of the API (9.9.9), got ${WORKER_PROTOCOL}`);
    expect(worker.lines.some(({ msg }) => msg.includes("    at "))).toBe(false);
  });

  it("refuses to start on a database that was not migrated to its version, and says so", async () => {
    await stack.rows("DROP TABLE installation");
    const worker = startWorkerProcess({ DATABASE_URL: stack.url });
    running.push(worker);
    expect(await worker.gone()).toBe(1);
    const told = worker.lines.map(({ msg }) => msg).join("\n");
    expect(told).toContain("it has an older one [version_skew]");
    expect(told).toContain("Start the API of that version first");
  });

  it("drains when a newer API is installed while it runs, and says why", async () => {
    const worker = await start({ SMOOTHSWEEP_DRAIN_GRACE: "0s" });
    const { id } = await stack.submit(endless);
    await stack.waitFor(id, isReport);
    await createWorkerRegistry(stack.database).announce({ protocol: WORKER_PROTOCOL + 1, version: "9.9.9" });
    expect(await worker.gone()).toBe(0);
    const told = await worker.logged("worker drains");
    expect(told["reason"]).toContain(`the API speaks protocol ${WORKER_PROTOCOL + 1} (version 9.9.9)`);
    expect(await countsOf(id)).toMatchObject({ pending: 3, running: 0 });
  });

  it("aborts its pack when the sweep is cancelled, long before its next renewal, and goes on with others", async () => {
    const worker = await start({ SMOOTHSWEEP_LEASE: "10m" });
    const { id } = await stack.submit(endless);
    await stack.waitFor(id, isReport);
    await stack.control.apply(id, "cancel");
    await worker.logged("pack ended");
    const { state, counts } = await stack.store.getSweep(id);
    expect([state, counts]).toEqual(["cancelled", expect.objectContaining({ cancelled: 3, running: 0, pending: 0 })]);
    const other = await stack.submit({ seeds: [0] });
    expect((await stack.waitFor(other.id, isEnd)).counts).toMatchObject({ completed: 3 });
    expect(worker.childPid()).toBe(worker.lines.find(({ msg }) => msg === "training process ready")?.["pid"]);
  });

  it("keeps training while the database is away, says so once, and loses nothing that it trained", async () => {
    const upstream = new URL(stack.url);
    const proxy = await startTcpProxy(() => ({ host: upstream.hostname, port: Number(upstream.port) }));
    const url = Object.assign(new URL(stack.url), { hostname: "127.0.0.1", port: `${proxy.port}` }).toString();
    try {
      const worker = await start({ DATABASE_URL: url, SMOOTHSWEEP_LOG_LEVEL: "debug" });
      const { id } = await stack.submit(onePack);
      await stack.waitFor(id, isReport);
      proxy.cut();
      await worker.logged("the database is unavailable");
      const before = (await stack.rows("SELECT 1 FROM report")).length;
      // Its trials are trained to the end meanwhile: the child has nothing to say any more.
      await worker.logged("training ended");
      expect(await stack.rows("SELECT 1 FROM report")).toHaveLength(before);
      proxy.heal();
      expect((await stack.waitFor(id, isEnd)).counts).toMatchObject({ completed: 3 });
      expect(await attemptsOf(id)).toEqual(Array(3).fill({ token: 1, outcome: "completed", code: null }));
      expect(await stack.rows("SELECT 1 FROM report")).toHaveLength(180);
      await worker.logged("the database is back");
      expect(worker.lines.filter(({ msg }) => msg.startsWith("the database is unavailable"))).toHaveLength(1);
    } finally {
      await proxy.close();
    }
  });

  describe("told to end", () => {
    it("finishes its pack within the grace period, and takes nothing more", async () => {
      const worker = await start({ SMOOTHSWEEP_DRAIN_GRACE: "50s" });
      const { id } = await stack.submit(onePack);
      await stack.waitFor(id, isReport);
      worker.process.kill("SIGTERM");
      await worker.logged("worker drains");
      const later = await stack.submit(onePack);
      expect(await worker.gone()).toBe(0);
      expect(await attemptsOf(id)).toEqual(Array(3).fill({ token: 1, outcome: "completed", code: null }));
      expect(await attemptsOf(later.id)).toEqual([]);
      expect(await countsOf(later.id)).toMatchObject({ pending: 3 });
    });

    it("hands its pack back untouched after the grace period, and another worker has it at once", async () => {
      const first = await start({ SMOOTHSWEEP_DRAIN_GRACE: "100ms" });
      const { id } = await stack.submit(endless);
      await stack.waitFor(id, isReport);
      const second = await start();
      first.process.kill("SIGTERM");
      expect(await first.gone()).toBe(0);
      const isHeldBySecond = async () => {
        const held = await stack.rows(
          `SELECT 1 FROM worker w JOIN trial t ON t.worker_id = w.id
           WHERE t.sweep_id = $1 AND t.state = 'running' AND w.pid = $2`,
          id,
          second.process.pid,
        );
        expect(held.length).toBeGreaterThan(0);
      };
      await vi.waitFor(isHeldBySecond, soon);
      const ofFirst = (await attemptsOf(id)).filter(({ token }) => token === 1);
      expect(ofFirst).toEqual(Array(3).fill({ token: 1, outcome: "returned", code: null }));
      const counters = await stack.rows(
        "SELECT DISTINCT failures, losses, pack_limit FROM trial WHERE sweep_id = $1",
        id,
      );
      expect(counters).toEqual([{ failures: 0, losses: 0, pack_limit: null }]);
    });

    it("ends at once at the second signal, with its number, and kills its child, which hears nothing", async () => {
      const worker = await start({ SMOOTHSWEEP_DRAIN_GRACE: "10m" });
      const { id } = await stack.submit(endless);
      await stack.waitFor(id, isReport);
      process.kill(worker.childPid(), "SIGSTOP");
      worker.process.kill("SIGTERM");
      await worker.logged("worker drains");
      // Signals of one key press come within 0.4 s; the first one after that is a second one.
      const pressing = setInterval(() => worker.process.kill("SIGTERM"), 100);
      expect(await worker.gone()).toBe(143);
      clearInterval(pressing);
      expect(await worker.logged("worker stopped")).toMatchObject({ outcome: "forced" });
    });
  });

  it("kills a child that hangs at its progress deadline, and its trials go on in another", async () => {
    const worker = await start({ SMOOTHSWEEP_PROGRESS_DEADLINE: "3s" });
    const hung = worker.childPid();
    const { id } = await stack.submit(onePack);
    await stack.waitFor(id, isReport);
    process.kill(hung, "SIGSTOP");
    expect((await stack.waitFor(id, isEnd)).counts).toMatchObject({ completed: 3, failed: 0 });
    const attempts = await attemptsOf(id);
    expect(attempts.slice(0, 3).map(({ code }) => code)).toEqual(Array(3).fill("training_stalled"));
    expect(attempts.slice(3).map(({ outcome }) => outcome)).toEqual(Array(3).fill("completed"));
    expect([isRunning(hung), worker.childPid() === hung]).toEqual([false, false]);
  });

  it("replaces a child that has grown above its limit between two packs, and says so", async () => {
    const worker = await start({ SMOOTHSWEEP_CHILD_MEMORY: "64MiB" });
    const first = worker.childPid();
    const { id } = await stack.submit({ seeds: [0, 1] });
    expect((await stack.waitFor(id, isEnd)).counts).toMatchObject({ completed: 6, failed: 0 });
    expect(await attemptsOf(id)).toEqual(Array(6).fill({ token: 1, outcome: "completed", code: null }));
    const told = worker.lines.find(({ msg }) => msg.startsWith("training process grew"));
    expect(told).toMatchObject({ pid: first, limitBytes: 64 * 1024 ** 2 });
    expect(told?.["memoryBytes"]).toBeGreaterThan(64 * 1024 ** 2);
    expect(isRunning(first)).toBe(false);
  });

  it("is fenced when it was stopped for longer than its lease: nothing it says counts, and it goes on with others", async () => {
    const env = { SMOOTHSWEEP_LEASE: "2s" };
    const zombie = await start(env);
    const { id } = await stack.submit(endless);
    await stack.waitFor(id, isReport);
    zombie.process.kill("SIGSTOP");
    let expired = 0;
    const mend = async () => {
      expired += (await stack.ledger.mend({ orphanAfterMs: 60_000 })).expired;
      // One by one, when it was stopped in the middle of a write: the server frees what it had locked after 8 s.
      expect(expired).toBe(3);
    };
    await vi.waitFor(mend, soon);
    const heir = await start(env);
    // A pack that was lost is halved: it takes one of them, and keeps it.
    await vi.waitFor(async () => expect(await countsOf(id)).toMatchObject({ running: 1, pending: 2 }), soon);
    zombie.process.kill("SIGCONT");
    await vi.waitFor(() => {
      const refusals = zombie.lines.filter(({ msg }) => /^(write refused|leases lost)/.test(msg));
      expect(refusals.length).toBeGreaterThan(0);
    }, soon);
    await zombie.logged("pack ended");
    const reported = await stack.rows<{ late: number }>(
      `SELECT count(*)::int AS late FROM report r JOIN attempt a USING (trial_id, token)
       JOIN trial t ON t.id = a.trial_id WHERE t.sweep_id = $1 AND r.recorded_at > a.ended_at`,
      id,
    );
    expect(reported).toEqual([{ late: 0 }]);
    const ofZombie = (await attemptsOf(id)).filter(({ token }) => token === 1);
    expect(ofZombie).toEqual(Array(3).fill({ token: 1, outcome: "lost", code: "worker_lost" }));
    heir.process.kill("SIGKILL");
    await stack.control.apply(id, "cancel");
    const other = await stack.submit({ seeds: [0] });
    expect((await stack.waitFor(other.id, isEnd)).counts).toMatchObject({ completed: 3 });
    expect(isRunning(zombie.process.pid!)).toBe(true);
  });

  it("does not care about the machine's clock: it jumps two hours ahead and four back in the middle of a pack", async () => {
    const preload = new URL("./children/jumpingClock.mjs", import.meta.url).href;
    const worker = await start({ SMOOTHSWEEP_LEASE: "1s", NODE_OPTIONS: `--import=${preload}` });
    const { id } = await stack.submit({ ...onePack, training: { epochs: 150, batchSize: 50 } });
    await stack.waitFor(id, isReport);
    const lease = async () => {
      const [row] = await stack.rows<{ at: string }>(
        "SELECT max(lease_expires_at)::text AS at FROM trial WHERE sweep_id = $1",
        id,
      );
      return row?.at;
    };
    let expired = 0;
    const reconciler = every(200, {
      work: async () => {
        expired += (await stack.ledger.mend({ orphanAfterMs: 60_000 })).expired;
      },
      onError: () => {},
    });
    reconcilers.push(reconciler);
    for (const hours of [2, -2]) {
      worker.process.send({ jumpMs: hours * 3_600_000 });
      await worker.logged(`clock jumped ${hours * 3_600_000}`);
      for (let renewals = 0; renewals < 3; renewals++) {
        const before = await lease();
        await vi.waitFor(async () => expect(await lease()).not.toBe(before), soon);
      }
    }
    expect((await stack.waitFor(id, isEnd)).counts).toMatchObject({ completed: 3 });
    await reconciler.stop();
    expect(expired).toBe(0);
    expect(await attemptsOf(id)).toEqual(Array(3).fill({ token: 1, outcome: "completed", code: null }));
  });
});
