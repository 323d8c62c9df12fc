import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "@smoothsweep/runtime";
import { canLaunchRedis, launchTestRedis } from "@smoothsweep/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryDataDirectory } from "../setup/product.ts";

interface EngineFinding {
  name: string;
  state: string;
  chosen: boolean;
  device?: string;
  selfTestSeconds?: number;
  reason?: string;
  fix?: string;
}

interface Examination {
  ok: boolean;
  chosenEngine: string;
  findings: Record<string, { ok: boolean; text: string }>;
  engines: EngineFinding[];
}

const cli = fileURLToPath(new URL("../../apps/cli/dist/main.js", import.meta.url));

/** Runs the built `smoothsweep doctor`. */
function runDoctor(changes: Record<string, string>, flags: readonly string[] = ["--json"]) {
  const env = { ...process.env, ...changes };
  const { status, stdout } = spawnSync(process.execPath, [cli, "doctor", ...flags], { encoding: "utf8", env });
  return { status, stdout };
}

const engineOf = ({ engines }: Examination, name: string) =>
  engines.find((engine) => engine.name === name) as EngineFinding;

describe("smoothsweep doctor", () => {
  const data = temporaryDataDirectory();
  let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({ dataDirectory: join(data.path, "postgres"), durability: "relaxed" });
  });
  afterAll(async () => {
    await postgres.stop();
    data.remove();
  });

  it("tries every installed engine in a process of its own and names the one that auto takes", async () => {
    const { status, stdout } = runDoctor({ DATABASE_URL: postgres.url });
    const examination = JSON.parse(stdout) as Examination;
    expect(status).toBe(0);
    expect(examination.engines.map(({ name }) => name)).toEqual([
      "tensorflow-gpu",
      "webgpu",
      "tensorflow",
      "wasm",
      "cpu",
    ]);
    for (const name of ["wasm", "cpu"]) {
      const engine = engineOf(examination, name);
      expect(engine).toMatchObject({ state: "works", device: expect.any(String) });
      expect(engine.selfTestSeconds).toBeGreaterThan(0);
    }
    const chosen = examination.engines.filter((engine) => engine.chosen);
    expect(chosen.map(({ name, state }) => [name, state])).toEqual([[examination.chosenEngine, "works"]]);
    expect(examination.findings["postgres"]).toMatchObject({
      ok: true,
      text: expect.stringContaining("PostgreSQL answers"),
    });
  });

  it.skipIf(!canLaunchRedis())("finds a Redis, and says when it is gone", async () => {
    const redis = await launchTestRedis();
    const environment = { XDG_CACHE_HOME: data.path, REDIS_URL: redis.url };
    const found = JSON.parse(runDoctor(environment).stdout) as Examination;
    expect(found.findings["redis"]).toEqual({ ok: true, text: `Redis answers at ${redis.url}` });
    await redis.stop();
    const gone = JSON.parse(runDoctor(environment).stdout) as Examination;
    expect(gone.findings["redis"]).toMatchObject({ ok: false, text: expect.stringContaining("ECONNREFUSED") });
  });

  it("names, for each engine that is not there, the reason and the exact command that adds it", () => {
    const { status, stdout } = runDoctor({ XDG_CACHE_HOME: data.path }, []);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^webgpu +not installed$/m);
    for (const name of ["tensorflow-gpu", "webgpu"]) {
      expect(stdout).toContain(`Run \`npm run smoothsweep -- engines install ${name}\`.`);
    }
    expect(stdout).toMatch(/works, chosen by auto\n.*self-test passed in \d+\.\d s/);
  });
});
