import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@smoothsweep/client";
import type { Cell, SweepDetail, Trial } from "@smoothsweep/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRunning, type Product, startProduct, temporaryDataDirectory } from "../setup/product.ts";

interface Results {
  sweep: SweepDetail;
  cells: Cell[];
  trials: Trial[];
}

describe("smoothsweep run", () => {
  const data = temporaryDataDirectory();
  const json = join(data.path, "results.json");
  const flags = ["--engine", "wasm", "--workers", "2", "--port", "0", "--data-directory", data.path];
  let product: Product;
  let processes: number[];

  beforeAll(async () => {
    product = startProduct(["run", "test/e2e/tiny.yaml", "--json", json, ...flags]);
    await product.says(/serving on/);
  });
  afterAll(() => {
    product.child.kill("SIGKILL");
    data.remove();
  });

  const results = () => JSON.parse(readFileSync(json, "utf8")) as Results;

  it("says how many trials were asked for and how many are trained", () => {
    expect(product.output()).toContain("8 trials asked for, 6 trained, 2 merged as equivalent");
  });

  it("trains every trial once and gives equivalents the same result", () => {
    const { sweep, trials } = results();
    expect(sweep).toMatchObject({ state: "completed", counts: { asked: 8, distinct: 6, completed: 6, failed: 0 } });
    expect(trials.map(({ state, attempts }) => [state, attempts])).toEqual(trials.map(() => ["completed", 1]));
    const equivalents = trials.filter(({ representativeId }) => representativeId !== null);
    expect(equivalents).toHaveLength(2);
    for (const { representativeId, metrics } of equivalents) {
      expect(metrics).toEqual(trials.find(({ id }) => id === representativeId)?.metrics);
    }
  });

  it("learns: every trial is at least three times better than chance", () => {
    for (const { metrics } of results().trials) expect(metrics?.test.accuracy).toBeGreaterThan(0.3);
  });

  it("stores the engine with every result and prints it", () => {
    for (const { engine } of results().trials) expect(engine?.name).toBe("wasm");
    expect(product.output()).toMatch(/engine: wasm/);
  });

  it("prints a table with intervals, a plot and the dashboard's address", () => {
    expect(product.output()).toMatch(/0\.\d{4} ± 0\.\d{4}/);
    expect(product.output()).toMatch(/└─+/);
    expect(product.output()).toMatch(/dashboard: http:\/\/127\.0\.0\.1:\d+\/sweeps\/swp_/);
  });

  it("keeps serving the dashboard until Ctrl-C, then ends within 5 s and leaves no process", async () => {
    const [, url] = await product.says(/dashboard: (http:\S+)\n/);
    const page = await fetch(url as string, { headers: { accept: "text/html" } });
    expect(await page.text()).toContain("<title>");
    processes = product.processes();
    expect(processes.length).toBeGreaterThan(6);
    const startedAt = performance.now();
    product.child.kill("SIGINT");
    expect(await product.ended()).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(processes.filter(isRunning)).toEqual([]);
  });

  it("finds earlier sweeps again when the stack is started anew", async () => {
    const again = startProduct(["up", ...flags]);
    const [, url] = await again.says(/dashboard: (http:\S+)/);
    const { items } = await createClient({ baseUrl: url as string }).listSweeps();
    expect(items.map(({ name, state }) => [name, state])).toEqual([["tiny", "completed"]]);
    again.child.kill("SIGTERM");
    await again.ended();
  });
});

describe("smoothsweep", () => {
  it("explains every mistake of a sweep file and stores nothing", async () => {
    const data = temporaryDataDirectory();
    const product = startProduct([
      "run",
      "test/e2e/broken.yaml",
      "--engine",
      "wasm",
      "--workers",
      "1",
      "--port",
      "0",
      "--data-directory",
      data.path,
    ]);
    expect(await product.ended()).toBe(1);
    for (const code of ["epsilon_out_of_range", "unknown_key", "no_seeds", "unknown_dataset", "unknown_axis"]) {
      expect(product.output()).toContain(`[${code}]`);
    }
    data.remove();
  });

  it("ends everything it has started when it is killed", async () => {
    const data = temporaryDataDirectory();
    const product = startProduct([
      "up",
      "--engine",
      "wasm",
      "--workers",
      "1",
      "--port",
      "0",
      "--data-directory",
      data.path,
    ]);
    await product.says(/Ctrl-C stops it/);
    const processes = product.processes();
    product.child.kill("SIGKILL");
    await product.ended();
    await expect.poll(() => processes.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    data.remove();
  });
});
