import type { ConfigProblem } from "@smoothsweep/runtime";
import { describe, expect, it } from "vitest";
import { readWorkerConfig } from "./config.ts";

const databaseUrl = "postgresql://me:pw@127.0.0.1:5432/sweeps";
const read = (env: Record<string, string> = {}) => readWorkerConfig({ DATABASE_URL: databaseUrl, ...env });

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
    });
    expect(problemsOf({}).map(({ setting }) => setting)).toEqual(["DATABASE_URL"]);
  });

  it.each(["auto", "tensorflow", "wasm", "cpu", "webgpu", "tensorflow-gpu"])("takes the engine %s", (engine) => {
    expect(read({ ENGINE: engine }).engine).toBe(engine);
  });

  it("names every mistake at once: engine, lease, deadline, and a variable that it does not know", () => {
    const env = {
      DATABASE_URL: databaseUrl,
      ENGINE: "cuda",
      SMOOTHSWEEP_LEASE: "100ms",
      SMOOTHSWEEP_PROGRESS_DEADLINE: "60",
      SMOOTHSWEEP_LEASSE: "6s",
    };
    expect(
      problemsOf(env)
        .map(({ setting }) => setting)
        .toSorted(),
    ).toEqual(["ENGINE", "SMOOTHSWEEP_LEASE", "SMOOTHSWEEP_LEASSE", "SMOOTHSWEEP_PROGRESS_DEADLINE"]);
  });

  it("allows the variables of the product's other programs", () => {
    expect(read({ SMOOTHSWEEP_HOST: "0.0.0.0", SMOOTHSWEEP_API_KEY: "x" }).lease).toBe(6000);
  });
});
