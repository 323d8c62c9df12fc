import type { AppError } from "@smoothsweep/contracts";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { bytesField, durationMsField, portField, switchField } from "./configFields.ts";
import { type ConfigProblem, type ConfigSources, loadConfig, variableOf } from "./loadConfig.ts";

const schema = z
  .object({
    port: portField(),
    databaseUrl: z.string().optional(),
    leaseMs: durationMsField(),
    memoryLimit: bytesField().optional(),
    isQuiet: switchField().optional(),
  })
  .superRefine((config, context) => {
    if (config.port === 1 && config.isQuiet === true)
      context.addIssue({ code: "custom", path: ["port"], message: "must not be 1" });
  });
const variables = { databaseUrl: "DATABASE_URL" };
const defaults = { port: 4600, leaseMs: "5s" };

function problemsOf(sources: ConfigSources): ConfigProblem[] {
  try {
    loadConfig(schema, { defaults, variables, ...sources });
  } catch (error) {
    expect(error).toMatchObject({ code: "invalid_config" });
    return (error as AppError).context["problems"] as ConfigProblem[];
  }
  throw new Error("the configuration was accepted");
}

describe("loadConfig", () => {
  test("flags win over the environment, which wins over the file, which wins over the defaults", () => {
    const env = { SMOOTHSWEEP_PORT: "2" };
    const portOf = (sources: ConfigSources) => loadConfig(schema, { defaults, ...sources }).port;
    expect(portOf({ flags: { port: 1 }, env, file: { port: 3 } })).toBe(1);
    expect(portOf({ env, file: { port: 3 } })).toBe(2);
    expect(portOf({ file: { port: 3 } })).toBe(3);
    expect(portOf({})).toBe(4600);
  });

  test("an empty text counts as absent", () => {
    expect(loadConfig(schema, { defaults, env: { SMOOTHSWEEP_PORT: "" }, flags: { port: "" } }).port).toBe(4600);
  });

  test("every mistake is reported at once, under the name that the user wrote", () => {
    const problems = problemsOf({
      flags: { leaseMs: "soon" },
      env: { SMOOTHSWEEP_PORT: "70000", SMOOTHSWEEP_PROT: "1" },
      file: { memoryLimit: "64", colour: "red" },
    });
    const settings = problems.map(({ setting }) => setting).sort();
    expect(settings).toEqual(["--lease-ms", "SMOOTHSWEEP_PORT", "SMOOTHSWEEP_PROT", "colour", "memoryLimit"]);
  });

  test("a setting that nobody gave is a mistake of its own", () => {
    expect(problemsOf({ defaults: { port: 1 } })).toEqual([
      { setting: "SMOOTHSWEEP_LEASE_MS", message: "`SMOOTHSWEEP_LEASE_MS` must be given" },
    ]);
  });

  test("a rule across settings names the setting that broke it", () => {
    expect(problemsOf({ flags: { port: 1, isQuiet: "yes" } })).toMatchObject([{ setting: "--port" }]);
  });

  test("unknown variables of the product are mistakes, those of others and of its other programs are not", () => {
    const env = { HOME: "/root", SMOOTHSWEEP_WORKER_ID: "w" };
    expect(problemsOf({ env })).toMatchObject([{ setting: "SMOOTHSWEEP_WORKER_ID" }]);
    expect(loadConfig(schema, { defaults, env, foreignVariables: ["SMOOTHSWEEP_WORKER_ID"] }).port).toBe(4600);
  });

  test("the password of a URL does not appear in a report", () => {
    const strict = z.object({
      databaseUrl: z.string().startsWith("postgresql:", { error: "must be a postgresql: URL" }),
    });
    const env = { DATABASE_URL: "mysql://me:hunter2@host/db" };
    expect(() => loadConfig(strict, { env, variables })).toThrow(/mysql:\/\/me:\*\*\*@host\/db/);
  });

  test("the result cannot be changed, not even inside", () => {
    const nested = z.object({ pool: z.object({ size: z.number() }) });
    const config = loadConfig(nested, { defaults: { pool: { size: 1 } } });
    expect(Object.isFrozen(config) && Object.isFrozen(config.pool)).toBe(true);
  });

  test("a setting's variable is its name in capitals with the product's prefix", () => {
    expect(variableOf("workerCountMax")).toBe("SMOOTHSWEEP_WORKER_COUNT_MAX");
  });
});
