import type { ConfigProblem, MachineDescription } from "@smoothsweep/runtime";
import { describe, expect, it } from "vitest";
import { readWorkerConfig } from "./config.ts";

const databaseUrl = "postgresql://me:pw@127.0.0.1:5432/sweeps";
const machine = { memoryBytes: 20e9, cores: 2 } as MachineDescription;
const read = (env: Record<string, string> = {}) => readWorkerConfig({ DATABASE_URL: databaseUrl, ...env }, machine);

function problemsOf(env: Record<string, string>): ConfigProblem[] {
  try {
    readWorkerConfig(env);
  } catch (error) {
    expect(error).toMatchObject({ code: "invalid_config" });
    return (error as { context: { problems: ConfigProblem[] } }).context.problems;
  }
  throw new Error("the configuration was accepted");
}

describe("readWorkerConfig", () => {
  it("fills in everything but the database", () => {
    expect(read()).toEqual({
      databaseUrl,
      engine: "auto",
      logLevel: "info",
      lease: 6000,
      progressDeadline: 60_000,
      drainGrace: 5_000,
      childMemory: 8e9,
    });
    expect(problemsOf({}).map(({ setting }) => setting)).toEqual(["DATABASE_URL"]);
  });

  it.each(["auto", "tensorflow", "wasm", "cpu", "webgpu", "tensorflow-gpu"])("takes the engine %s", (engine) => {
    expect(read({ ENGINE: engine }).engine).toBe(engine);
  });

  it("names every mistake at once: engine, durations, memory, and a variable that it does not know", () => {
    const env = {
      DATABASE_URL: databaseUrl,
      ENGINE: "cuda",
      SMOOTHSWEEP_LEASE: "100ms",
      SMOOTHSWEEP_PROGRESS_DEADLINE: "60",
      SMOOTHSWEEP_LEASSE: "6s",
      SMOOTHSWEEP_DRAIN_GRACE: "soon",
      SMOOTHSWEEP_CHILD_MEMORY: "2",
    };
    expect(
      problemsOf(env)
        .map(({ setting }) => setting)
        .toSorted(),
    ).toEqual([
      "ENGINE",
      "SMOOTHSWEEP_CHILD_MEMORY",
      "SMOOTHSWEEP_DRAIN_GRACE",
      "SMOOTHSWEEP_LEASE",
      "SMOOTHSWEEP_LEASSE",
      "SMOOTHSWEEP_PROGRESS_DEADLINE",
    ]);
  });

  it("shares the memory among the cores, and gives a child 1 GiB where that is less", () => {
    const share = (memoryBytes: number, cores: number) =>
      readWorkerConfig({ DATABASE_URL: databaseUrl }, { memoryBytes, cores } as MachineDescription).childMemory;
    expect([share(128e9, 16), share(2e9, 4)]).toEqual([6.4e9, 1024 ** 3]);
    expect(read({ SMOOTHSWEEP_CHILD_MEMORY: "2GiB", SMOOTHSWEEP_DRAIN_GRACE: "0s" })).toMatchObject({
      childMemory: 2 * 1024 ** 3,
      drainGrace: 0,
    });
  });

  it("allows the variables of the product's other programs", () => {
    expect(read({ SMOOTHSWEEP_HOST: "0.0.0.0", SMOOTHSWEEP_API_KEY: "x" }).lease).toBe(6000);
  });
});
