import {
  cellListSchema,
  healthSchema,
  problemSchema,
  routes,
  sweepDetailSchema,
  sweepListSchema,
  trialDetailSchema,
  trialListSchema,
} from "@smoothsweep/contracts";
import type { PlannedSweep } from "@smoothsweep/sweeps";
import { acceptedResult, plannedSweep } from "@smoothsweep/testkit";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "./startTestApi.ts";

describe("reading sweeps", () => {
  let api: TestApi;
  let sweep: PlannedSweep;
  let other: PlannedSweep;
  beforeAll(async () => {
    api = await startTestApi();
    [sweep, other] = [plannedSweep({ name: "first" }), plannedSweep({ name: "second" })];
    for (const planned of [sweep, other]) await api.store.createSweep(planned);
    const groupId = sweep.trials[0]!.groupId;
    const claims = await api.store.claimTrials({ groupId, workerId: "wrk_test", limit: 10, leaseMs: 60_000 });
    await api.store.acceptResults(claims.map((claim) => acceptedResult(claim, 0.8)));
  });
  afterAll(() => api.close());

  const get = (path: string) => request(api.server).get(path);
  const sweepPath = () => `/api/v1/sweeps/${sweep.id}`;

  it("lists sweeps newest first, page by page, without loss or repetition", async () => {
    const first = sweepListSchema.parse((await get("/api/v1/sweeps?limit=1").expect(200)).body);
    const cursor = encodeURIComponent(first.nextCursor!);
    const second = sweepListSchema.parse((await get(`/api/v1/sweeps?limit=1&cursor=${cursor}`).expect(200)).body);
    expect([first, second].map(({ items }) => items.map(({ name }) => name))).toEqual([["second"], ["first"]]);
    expect(second.nextCursor).toBeNull();
  });

  it("gives a sweep with its specification, its counts and the engines that ran", async () => {
    const body = sweepDetailSchema.parse((await get(sweepPath()).expect(200)).body);
    expect(body).toMatchObject({ counts: { asked: 8, distinct: 6, completed: 3, pending: 3 }, state: "running" });
    expect(body.engines).toEqual([{ name: "cpu", version: "test", device: "test", threads: 1 }]);
    expect(body.spec).toEqual(sweep.spec);
  });

  it("summarises cells over seeds, an equivalent with its representative's result", async () => {
    const { items } = cellListSchema.parse((await get(`${sweepPath()}/cells`).expect(200)).body);
    expect(items.map(({ trials, completed }) => [trials, completed])).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
      [2, 1],
    ]);
    expect(items[0]?.metrics?.accuracy).toEqual({ n: 1, mean: 0.8, sd: null, low: null, high: null });
    expect(items[1]?.representativeId).toBe(items[0]?.id);
  });

  it("lists cells page by page, each whole", async () => {
    const all = cellListSchema.parse((await get(`${sweepPath()}/cells`).expect(200)).body);
    expect(all.nextCursor).toBeNull();
    const first = cellListSchema.parse((await get(`${sweepPath()}/cells?limit=3`).expect(200)).body);
    const rest = cellListSchema.parse((await get(`${sweepPath()}/cells?limit=3&cursor=${first.nextCursor}`)).body);
    expect([...first.items, ...rest.items]).toEqual(all.items);
    expect([first.items.length, rest.nextCursor]).toEqual([3, null]);
  });

  it("lists trials in the order of their cells, and by state", async () => {
    const page = trialListSchema.parse((await get(`${sweepPath()}/trials?limit=5`).expect(200)).body);
    expect(page.items.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4]);
    const rest = trialListSchema.parse((await get(`${sweepPath()}/trials?limit=5&cursor=${page.nextCursor}`)).body);
    expect(rest.items.map(({ ordinal }) => ordinal)).toEqual([5, 6, 7]);
    const completed = trialListSchema.parse((await get(`${sweepPath()}/trials?state=completed`).expect(200)).body);
    expect(completed.items.map(({ seed, state }) => [seed, state])).toEqual(Array(4).fill([0, "completed"]));
  });

  it("gives a trial with the report of every epoch and what computed it", async () => {
    const trial = trialDetailSchema.parse((await get(`/api/v1/trials/${sweep.trials[0]!.id}`).expect(200)).body);
    expect(trial.reports.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(trial).toMatchObject({ state: "completed", attempts: 1, provenance: { host: "test" } });
  });

  it("serves the document of every route", async () => {
    const { body } = await get("/openapi.json").expect(200);
    expect(body).toMatchObject({ openapi: "3.1.0" });
    expect(Object.keys(body.paths).toSorted()).toEqual(
      [...new Set(Object.values(routes).map(({ path }) => path))].toSorted(),
    );
  });

  it.each([
    ["a sweep that is not there", "/api/v1/sweeps/swp_none"],
    ["cells of a sweep that is not there", "/api/v1/sweeps/swp_none/cells"],
    ["trials of a sweep that is not there", "/api/v1/sweeps/swp_none/trials"],
    ["events of a sweep that is not there", "/api/v1/sweeps/swp_none/events"],
    ["a trial that is not there", "/api/v1/trials/trl_none"],
    ["an id with a zero byte", "/api/v1/sweeps/swp_%00"],
    ["an id of 5,000 characters", `/api/v1/trials/${"x".repeat(5000)}`],
    ["a path that is not there", "/api/v1/nothing"],
    ["a path outside of the API", "/nothing"],
  ])("answers 404 for %s", async (_what, path) => {
    const response = await get(path).expect(404);
    expect(response.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "not_found" });
  });

  it("answers 400 for a path that cannot be decoded", async () => {
    const response = await get("/api/v1/sweeps/%E0%A4%A").expect(400);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "invalid_request" });
  });

  it.each([
    ["delete", "/api/v1/sweeps", "GET, HEAD, POST"],
    ["put", "/api/v1/sweeps/swp_x", "DELETE, GET, HEAD"],
    ["post", "/healthz", "GET, HEAD"],
    ["patch", "/api/v1/trials/trl_x", "GET, HEAD"],
  ] as const)("answers 405 for %s %s with the methods that are allowed", async (method, path, allowed) => {
    const response = await request(api.server)[method](path).expect(405);
    expect(response.headers["allow"]).toBe(allowed);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "method_not_allowed" });
  });

  it.each([
    ["/api/v1/sweeps?limt=5", "`limt` is not a known parameter. Did you mean `limit`?"],
    ["/api/v1/sweeps?limit=0", '`limit` must be a whole number in [1, 1000], got "0"'],
    ["/api/v1/sweeps?limit=1001", '`limit` must be a whole number in [1, 1000], got "1001"'],
    ["/api/v1/sweeps?limit=", '`limit` must be a whole number in [1, 1000], got ""'],
    ["/api/v1/sweeps?limit=ten", '`limit` must be a whole number in [1, 1000], got "ten"'],
    ["/api/v1/sweeps?limit=1&limit=2", '`limit` must be a whole number in [1, 1000], got ["1","2"]'],
    ["/api/v1/sweeps/swp_x?full=1", "`full` is not a known parameter. There are none here"],
    [
      "/api/v1/sweeps/swp_x/trials?state=done",
      '`state` must be one of "pending", "running", "completed", "failed", "cancelled", got "done"',
    ],
    [
      "/api/v1/sweeps?limit=0&foo=1",
      '`limit` must be a whole number in [1, 1000], got "0"; `foo` is not a known parameter. Use one of: limit, cursor, archived',
    ],
  ])("answers 400 for %s and says what is wrong with it", async (path, detail) => {
    const response = await get(path).expect(400);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "invalid_request", detail });
  });

  it("answers 400 for a cursor that no page gave", async () => {
    const response = await get("/api/v1/sweeps?cursor=nonsense").expect(400);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "invalid_request" });
  });
});

describe("GET /healthz", () => {
  it("answers 200 while everything answers, and 503 with what does not when the database is gone", async () => {
    const api = await startTestApi();
    try {
      const well = await request(api.server).get("/healthz").expect(200);
      expect(healthSchema.parse(well.body)).toMatchObject({ status: "ok", checks: { database: { ok: true } } });
      await api.dropDatabase();
      const ill = await request(api.server).get("/healthz").expect(503);
      expect(healthSchema.parse(ill.body)).toMatchObject({
        status: "unavailable",
        checks: { database: { ok: false, message: "the database does not answer" } },
      });
    } finally {
      await api.close();
    }
  });

  it("tells nobody what went wrong inside when a request fails for an unexpected reason", async () => {
    const secret = "password authentication failed for postgresql://me:pw@db";
    const store = { listSweeps: () => Promise.reject(new Error(secret)) };
    const api = await startTestApi({ store: store as never });
    try {
      const response = await request(api.server).get("/api/v1/sweeps").expect(500);
      expect(problemSchema.parse(response.body)).toMatchObject({ code: "internal", status: 500 });
      expect(response.text).not.toContain("password");
    } finally {
      await api.close();
    }
  });
});
