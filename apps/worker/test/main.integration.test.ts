import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtFile } from "./builtChild.ts";
import { startTestStack, type TestStack } from "./startTestStack.ts";

describe("the worker program", () => {
  let stack: TestStack;
  const running: ChildProcess[] = [];
  beforeEach(async () => {
    stack = await startTestStack();
  });
  afterEach(async () => {
    for (const worker of running.splice(0)) if (worker.exitCode === null) worker.kill("SIGKILL");
    await stack.close();
  });

  function startWorker(env: Record<string, string>): ChildProcess {
    const { PATH = "", HOME = "" } = process.env;
    const worker = fork(builtFile("main.js"), [], {
      env: { PATH, HOME, DATABASE_URL: stack.url, SMOOTHSWEEP_LOG_LEVEL: "error", ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    running.push(worker);
    return worker;
  }

  it("completes a sweep, ends within 5 seconds when it is told to, and leaves no process behind", async () => {
    const worker = startWorker({ ENGINE: "wasm" });
    const [message] = (await once(worker, "message")) as [{ kind: string; engine: { name: string } }];
    expect(message).toMatchObject({ kind: "working", engine: { name: "wasm" } });
    expect(await stack.rows("SELECT pid, ended_at FROM worker")).toEqual([{ pid: worker.pid, ended_at: null }]);
    const { id } = await stack.submit();
    expect((await stack.waitFor(id, ({ type }) => type === "sweep.ended")).state).toBe("completed");

    const ended = Promise.all([once(worker, "exit"), once(worker.stdout!.resume(), "close")]);
    const toldAt = performance.now();
    worker.kill("SIGTERM");
    const [[code]] = await ended;
    expect(code).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(5000);
    expect(await stack.rows("SELECT 1 FROM worker WHERE ended_at IS NULL")).toEqual([]);
  });

  it("hands back what it is training when it is told to end", async () => {
    const worker = startWorker({ ENGINE: "wasm" });
    const { id } = await stack.submit({ training: { epochs: 10_000, batchSize: 50 } });
    await stack.waitFor(id, ({ type }) => type === "trial.reported");
    worker.kill("SIGTERM");
    expect((await once(worker, "exit"))[0]).toBe(0);
    expect((await stack.store.getSweep(id)).counts).toMatchObject({ running: 0, pending: 6, failed: 0 });
    const outcomes = await stack.rows<{ outcome: string }>("SELECT DISTINCT outcome FROM attempt");
    expect(outcomes).toEqual([{ outcome: "returned" }]);
  });

  it("refuses to start with an engine that is not there, before it takes work or registers", async () => {
    const worker = startWorker({ ENGINE: "webgpu" });
    let errors = "";
    worker.stderr!.on("data", (chunk) => {
      errors += chunk;
    });
    const [[code]] = await Promise.all([once(worker, "exit"), once(worker.stderr!, "close")]);
    expect(code).toBe(1);
    expect(errors).toContain("engine_unavailable");
    expect(await stack.rows("SELECT 1 FROM worker")).toEqual([]);
  });

  it("ends with the program that started it", async () => {
    const worker = startWorker({ ENGINE: "wasm" });
    await once(worker, "message");
    worker.disconnect();
    expect((await once(worker, "exit"))[0]).toBe(0);
  });
});
