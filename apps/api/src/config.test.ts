import { type ConfigProblem, describeConfig } from "@smoothsweep/runtime";
import { describe, expect, it } from "vitest";
import { readApiConfig } from "./config.ts";

const databaseUrl = "postgresql://me:pw@127.0.0.1:5432/sweeps";
const read = (env: Record<string, string> = {}) => readApiConfig({ DATABASE_URL: databaseUrl, ...env });

function problemsOf(env: Record<string, string>): ConfigProblem[] {
  try {
    readApiConfig(env);
  } catch (error) {
    expect(error).toMatchObject({ code: "invalid_config" });
    return (error as { context: { problems: ConfigProblem[] } }).context.problems;
  }
  throw new Error("the configuration was accepted");
}

describe("readApiConfig", () => {
  it("listens on loopback unless told, and fills in the rest", () => {
    expect(read()).toEqual({
      databaseUrl,
      host: "127.0.0.1",
      port: 4600,
      allowUnauthenticated: false,
      logLevel: "info",
      reconcileInterval: 2000,
      orphanAfter: 3_000,
    });
  });

  it.each(["0.0.0.0", "::", "10.0.0.7", "sweeps.example"])("refuses to listen on %s without a key", (host) => {
    const problems = problemsOf({ DATABASE_URL: databaseUrl, SMOOTHSWEEP_HOST: host });
    expect(problems.map(({ setting }) => setting)).toEqual(["SMOOTHSWEEP_HOST"]);
    expect(problems[0]?.message).toContain("SMOOTHSWEEP_API_KEY");
  });

  it.each([
    ["with a key", { SMOOTHSWEEP_API_KEY: "sixteen-letters!" }],
    ["behind a guard that was named", { SMOOTHSWEEP_ALLOW_UNAUTHENTICATED: "true" }],
  ])("listens on every address %s", (_how, env) => {
    expect(read({ SMOOTHSWEEP_HOST: "0.0.0.0", ...env }).host).toBe("0.0.0.0");
  });

  it.each(["127.0.0.1", "::1", "localhost"])("listens on the loopback address %s without a key", (host) => {
    expect(read({ SMOOTHSWEEP_HOST: host }).host).toBe(host);
  });

  it("needs a database", () => {
    expect(problemsOf({}).map(({ setting }) => setting)).toEqual(["DATABASE_URL"]);
  });

  it("refuses a variable that it does not know, and allows those of the product's other programs", () => {
    expect(problemsOf({ DATABASE_URL: databaseUrl, SMOOTHSWEEP_PROT: "80" }).map(({ setting }) => setting)).toEqual([
      "SMOOTHSWEEP_PROT",
    ]);
    expect(read({ SMOOTHSWEEP_LEASE: "6s", PATH: "/bin" }).port).toBe(4600);
  });

  it("names every mistake at once and never tells the key", () => {
    const problems = problemsOf({
      DATABASE_URL: databaseUrl,
      SMOOTHSWEEP_PORT: "70000",
      SMOOTHSWEEP_API_KEY: "too-short",
      SMOOTHSWEEP_ORPHAN_AFTER: "15",
    });
    expect(problems.map(({ setting }) => setting).toSorted()).toEqual([
      "SMOOTHSWEEP_API_KEY",
      "SMOOTHSWEEP_ORPHAN_AFTER",
      "SMOOTHSWEEP_PORT",
    ]);
    expect(JSON.stringify(problems)).not.toContain("too-short");
  });

  it("shows neither key nor password at the start", () => {
    const shown = JSON.stringify(describeConfig(read({ SMOOTHSWEEP_API_KEY: "sixteen-letters!" })));
    expect(shown).not.toContain("sixteen-letters!");
    expect(shown).not.toContain("pw@");
  });
});
