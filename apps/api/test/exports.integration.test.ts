import { type ExportedTrial, exportDocumentSchema, exportedTrialSchema, problemSchema } from "@smoothsweep/contracts";
import type { PlannedSweep, SweepExporter } from "@smoothsweep/sweeps";
import { acceptedResult, claimAll, fillSweep, plannedSweep } from "@smoothsweep/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "./startTestApi.ts";

/** A sweep with six results: its axes are epsilon and convention, eight trials, two of them merged. */
async function completedSweep(api: TestApi): Promise<PlannedSweep> {
  const sweep = plannedSweep();
  await api.store.createSweep(sweep);
  const claims = await claimAll(api.store, sweep);
  await api.store.acceptResults(claims.map((claim, index) => acceptedResult(claim, 1 / (index + 3))));
  return sweep;
}

const exportOf = (api: TestApi, sweepId: string, query = "", init: RequestInit = {}) =>
  fetch(`${api.url}/api/v1/sweeps/${sweepId}/export${query}`, init);

/** Records of a CSV without quoted fields, each as an object. */
function recordsOf(text: string): Record<string, string>[] {
  const [head, ...lines] = text.trimEnd().split("\r\n");
  const names = head!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((value, index) => [names[index], value])));
}

describe("GET /api/v1/sweeps/{sweepId}/export", () => {
  let api: TestApi;
  let sweep: PlannedSweep;
  beforeAll(async () => {
    api = await startTestApi();
    sweep = await completedSweep(api);
  });
  afterAll(() => api.close());

  it("writes one CSV record a trial: axes, convention beside canonical epsilon, metrics in full, origin, engine", async () => {
    const response = await exportOf(api, sweep.id);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${sweep.id}-trials.csv"`);
    const records = recordsOf((await response.text()).replaceAll(/"[^"]*"/g, "quoted"));
    const { items } = await api.store.listTrials(sweep.id, { limit: 100 });
    expect(records.map(({ trial_id }) => trial_id)).toEqual(items.map(({ id }) => id));
    const [record] = records;
    expect(record).toMatchObject({
      state: "completed",
      seed: "0",
      "smoothing.epsilon": "0",
      "smoothing.convention": "uniform",
      convention: "uniform",
      epsilon: "0",
      uniform_equivalent_epsilon: "0",
      test_accuracy_fraction: String(items[0]?.metrics?.test.accuracy),
      test_nll_nats: "0.3",
      engine: "cpu",
      worker_host: "test",
      data_snapshot_id: "sha256:test",
      merged_into_trial_id: "",
      reused_from_trial_id: "",
    });
    expect(records.map((one) => one["merged_into_trial_id"])).toEqual(
      items.map(({ representativeId }) => representativeId ?? ""),
    );
    expect(records.map((one) => Number(one["test_accuracy_fraction"]))).toEqual(
      items.map(({ metrics }) => metrics?.test.accuracy),
    );
  });

  it("writes one JSON object a line, each as the API shows the trial", async () => {
    const response = await exportOf(api, sweep.id, "?format=ndjson");
    expect(response.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    const lines = (await response.text()).trimEnd().split("\n");
    const rows = lines.map((line): ExportedTrial => exportedTrialSchema.parse(JSON.parse(line)));
    const { items } = await api.store.listTrials(sweep.id, { limit: 100 });
    expect(rows.map(({ provenance: _, ...trial }) => trial)).toEqual(items);
  });

  it.each(["trials", "cells", "reports"] as const)("writes one JSON document of %s with the sweep", async (what) => {
    const body = await (await exportOf(api, sweep.id, `?format=json&what=${what}`)).json();
    const { sweep: exported, items } = exportDocumentSchema.parse(body);
    expect(exported).toMatchObject({ id: sweep.id, spec: sweep.spec });
    expect(items.length).toBe({ trials: 8, cells: 4, reports: 12 }[what]);
  });

  it("writes the CSV of cells with each metric's mean and interval, and of reports with every epoch", async () => {
    const cells = recordsOf((await (await exportOf(api, sweep.id, "?what=cells")).text()).replaceAll(/"[^"]*"/g, ""));
    expect(cells.length).toBe(4);
    expect(Object.keys(cells[0]!)).toEqual(
      expect.arrayContaining(["accuracy_mean_fraction", "scaled_nll_low_nats", "brier_high_0_to_2", "temperature_sd"]),
    );
    expect(cells[1]?.["merged_into_cell_id"]).toBe(cells[0]?.["cell_id"]);
    const text = (await (await exportOf(api, sweep.id, "?what=reports")).text()).replaceAll(/"[^"]*"/g, "");
    expect(recordsOf(text).map(({ epoch }) => epoch)).toEqual(Array(6).fill(["1", "2"]).flat());
  });

  it("answers HEAD with the headers alone", async () => {
    const response = await exportOf(api, sweep.id, "?format=ndjson", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  it("answers 404 for a sweep that is not there, and 400 for what cannot be exported", async () => {
    const missing = await exportOf(api, "swp_none");
    expect([missing.status, problemSchema.parse(await missing.json()).code]).toEqual([404, "not_found"]);
    for (const query of ["?what=events", "?format=xlsx", "?limit=1"]) {
      const refused = await exportOf(api, sweep.id, query);
      expect([refused.status, problemSchema.parse(await refused.json()).code]).toEqual([400, "invalid_request"]);
    }
  });
});

describe("an export of very many trials", () => {
  let store: TestApi;
  let api: TestApi;
  let sweep: PlannedSweep;
  let pages = 0;
  /** The exporter, counting the pages of trials that are read. */
  const counting = (exporter: SweepExporter): SweepExporter => ({
    withSnapshot: (sweepId, use) =>
      exporter.withSnapshot(sweepId, (snapshot) =>
        use({
          ...snapshot,
          async *trials() {
            for await (const page of snapshot.trials()) {
              pages++;
              yield page;
            }
          },
        }),
      ),
  });
  beforeAll(async () => {
    store = await startTestApi();
    api = await startTestApi({ exporter: counting(store.exporter) });
    sweep = await completedSweep(store);
    await fillSweep(store.database.pool, { sweepId: sweep.id, like: sweep.trials[0]!.id, trials: 20_000 });
  });
  afterAll(async () => {
    await api.close();
    await store.close();
  });

  const lent = async () => {
    const { rows } = await store.database.pool.query(
      "SELECT count(*)::int AS lent FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'",
    );
    return rows[0].lent as number;
  };
  /** An export of which nothing but the first bytes is read. */
  async function stalled(): Promise<{ response: Response; leave: () => void }> {
    const leaving = new AbortController();
    const response = await exportOf(api, sweep.id, "?format=ndjson", { signal: leaving.signal });
    return { response, leave: () => leaving.abort() };
  }

  it("is read from the database no faster than its reader reads, and ends with him", async () => {
    pages = 0;
    const { response, leave } = await stalled();
    const reader = response.body!.getReader();
    await reader.read();
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = pages === before;
          before = pages;
          return isStill;
        },
        { interval: 500, timeout: 20_000 },
      )
      .toBe(true);
    // The buffers of two sockets hold some megabytes; all of it are 20.
    expect(pages).toBeLessThan(80);
    expect(await lent()).toBe(1);
    leave();
    await expect.poll(lent).toBe(0);
    expect(pages).toBeLessThan(80);
  });

  it("is one of at most 4; the next is told to come back, and finds room when one has left", async () => {
    const running = await Promise.all([1, 2, 3, 4].map(stalled));
    expect(running.map(({ response }) => response.status)).toEqual([200, 200, 200, 200]);
    const refused = await exportOf(api, sweep.id);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(problemSchema.parse(await refused.json())).toMatchObject({ code: "too_many_exports" });
    running[0]!.leave();
    await expect.poll(async () => (await exportOf(api, sweep.id, "", { method: "HEAD" })).status).toBe(200);
    for (const { leave } of running) leave();
    await expect.poll(lent).toBe(0);
  });

  it("breaks off where everybody sees it when the database ends it, and when the API closes", async () => {
    const ended = await stalled();
    await expect.poll(lent).toBe(1);
    await store.database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND backend_xmin IS NOT NULL AND pid <> pg_backend_pid()`,
    );
    await expect(ended.response.text()).rejects.toThrow("terminated");
    const closed = await stalled();
    api.closing.abort();
    await expect(closed.response.text()).rejects.toThrow("terminated");
    await expect.poll(lent).toBe(0);
  });
});
