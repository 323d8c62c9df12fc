import { problemSchema, submittedSweepSchema, verbAnswerSchema } from "@smoothsweep/contracts";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobsSpec, startTestApi, type TestApi } from "./startTestApi.ts";

const PATH = "/api/v1/sweeps";

describe("what users do to sweeps over HTTP", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const submit = (spec: Record<string, unknown>, query = "") => request(api.server).post(`${PATH}${query}`).send(spec);
  const create = async (name: string) =>
    submittedSweepSchema.parse((await submit(blobsSpec({ name })).expect(201)).body);
  const change = (sweepId: string, verb: string) => request(api.server).post(`${PATH}/${sweepId}/${verb}`);
  const problemOf = (response: { body: unknown }) => problemSchema.parse(response.body);

  it("joins the same specification with 200, duplicates it with 201, refuses it with 409, as asked", async () => {
    const first = await create("same");
    const joined = await submit(blobsSpec({ name: "same" })).expect(200);
    expect(joined.body).toMatchObject({ id: first.id, joined: true });
    expect(joined.headers["location"]).toBe(`${PATH}/${first.id}`);
    const refused = await submit(blobsSpec({ name: "same" }), "?ifSame=refuse").expect(409);
    expect(problemOf(refused)).toMatchObject({ code: "same_sweep_exists" });
    const other = await submit(blobsSpec({ name: "same" }), "?ifSame=duplicate").expect(201);
    expect(other.body.id).not.toBe(first.id);
  });

  it("answers a repeated Idempotency-Key with the same answer, and says that it did", async () => {
    const send = (name: string) => submit(blobsSpec({ name })).set("Idempotency-Key", "key-1");
    const first = await send("keyed").expect(201);
    const second = await send("keyed").expect(201);
    expect(second.body).toEqual(first.body);
    expect([first, second].map(({ headers }) => headers["idempotency-replayed"])).toEqual([undefined, "true"]);
    expect(problemOf(await send("another").expect(409))).toMatchObject({ code: "idempotency_conflict" });
    expect(problemOf(await submit(blobsSpec()).set("Idempotency-Key", "a b").expect(400)).code).toBe("invalid_request");
  });

  it("pauses, resumes and cancels, each idempotent, and says what can be done next", async () => {
    const { id } = await create("verbs");
    const states = [];
    for (const verb of ["pause", "pause", "resume", "cancel", "cancel"]) {
      const { state, changed } = verbAnswerSchema.parse((await change(id, verb).expect(200)).body);
      states.push([state, changed]);
    }
    expect(states).toEqual([
      ["paused", true],
      ["paused", false],
      ["running", true],
      ["cancelled", true],
      ["cancelled", false],
    ]);
    const { body } = await request(api.server).get(`${PATH}/${id}`).expect(200);
    expect(body.verbs).toEqual(["retry", "archive", "delete"]);
    expect(body.refusals.map(({ verb }: { verb: string }) => verb)).toEqual(["pause", "resume", "stop", "extend"]);
    const refused = problemOf(await change(id, "resume").expect(409));
    expect(refused).toMatchObject({ code: "verb_refused", fix: expect.stringContaining("retry") });
  });

  it("tells what an extension would add, and refuses it as the extension would be", async () => {
    const { id } = await create("forecast");
    const forecast = (body: object) => request(api.server).post(`${PATH}/${id}/extension`).send(body);
    expect((await forecast({ seeds: [0, 7] }).expect(200)).body).toEqual({ added: 4, distinct: 3, reusable: 0 });
    const broken = problemOf(await forecast({ axes: { "smoothing.epsilon": [2] } }).expect(422));
    expect(broken.errors).toMatchObject([{ path: 'axes["smoothing.epsilon"][2]', code: "epsilon_out_of_range" }]);
    expect(problemOf(await forecast({ seeds: ["x"] }).expect(400)).detail).toContain("seeds.0");
    await change(id, "cancel").expect(200);
    const refused = problemOf(await forecast({ seeds: [7] }).expect(409));
    expect(refused).toEqual({
      ...problemOf(
        await request(api.server)
          .post(`${PATH}/${id}/extend`)
          .send({ seeds: [7] })
          .expect(409),
      ),
      requestId: refused.requestId,
    });
  });

  it("extends by seeds, and names every mistake of an extension", async () => {
    const { id } = await create("extended");
    const extend = (body: object) => request(api.server).post(`${PATH}/${id}/extend`).send(body);
    expect((await extend({ seeds: [7] }).expect(200)).body).toMatchObject({ added: 4, state: "running" });
    expect(problemOf(await extend({ seed: [7], axes: 1 }).expect(400)).detail).toMatch(/seed.*axes|axes.*seed/);
    expect(problemOf(await extend({ axes: { "training.epochs": [3] } }).expect(400)).code).toBe("invalid_request");
  });

  it("hides archived sweeps from the list unless they are asked for", async () => {
    const { id } = await create("archived");
    await change(id, "cancel").expect(200);
    await change(id, "archive").expect(200);
    const ids = async (query: string) =>
      (await request(api.server).get(`${PATH}${query}`).expect(200)).body.items.map((item: { id: string }) => item.id);
    expect(await ids("")).not.toContain(id);
    expect(await ids("?archived=only")).toEqual([id]);
  });

  it("deletes with the token of the preview only, and leaves nothing behind", async () => {
    const tables = ["sweep", "trial", "cell", "outbox", "event", "submission"];
    const rows = () => Promise.all(tables.map((table) => api.count(table)));
    const before = await rows();
    const response = await submit(blobsSpec({ name: "deleted" }))
      .set("Idempotency-Key", "key-2")
      .expect(201);
    const path = `${PATH}/${response.body.id}`;
    await request(api.server).post(`${path}/cancel`).expect(200);
    const { body: preview } = await request(api.server).get(`${path}/deletion`).expect(200);
    expect(preview).toMatchObject({ name: "deleted", trials: 8, results: 0 });
    expect(problemOf(await request(api.server).delete(path).expect(409)).code).toBe("confirmation_mismatch");
    await request(api.server).delete(`${path}?confirm=${preview.confirm}`).expect(200);
    await request(api.server).get(path).expect(404);
    expect(await rows()).toEqual(before);
  });

  it("lists workers, and tells one to drain", async () => {
    const registry = api.registry;
    const engine = { name: "cpu", version: "test", device: "test", threads: 1 } as const;
    const about = { id: "wrk_1", host: "here", pid: 1, version: "0", protocol: 1, packCapacity: 8, memoryBytes: 1024 };
    await registry.register({ ...about, engine });
    const { body } = await request(api.server).get("/api/v1/workers").expect(200);
    expect(body.items).toMatchObject([{ ...about, engine, running: 0, drainReason: null, endedAt: null }]);
    await request(api.server).post("/api/v1/workers/wrk_1/drain").expect(200);
    expect(await registry.heartbeat("wrk_1")).toMatchObject({ drain: true, reason: expect.stringContaining("API") });
    await request(api.server).post("/api/v1/workers/wrk_none/drain").expect(404);
  });
});
