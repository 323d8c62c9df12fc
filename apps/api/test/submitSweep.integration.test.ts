import { problemSchema, submittedSweepSchema, sweepDetailSchema } from "@smoothsweep/contracts";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { blobsSpec, startTestApi, type TestApi } from "./startTestApi.ts";

const PATH = "/api/v1/sweeps";

describe("POST /api/v1/sweeps", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const post = (body: string, type: string) => request(api.server).post(PATH).set("Content-Type", type).send(body);
  const rows = () => Promise.all(["sweep", "trial", "outbox", "event"].map((table) => api.count(table)));

  it.each([
    ["JSON", "application/json", JSON.stringify],
    ["JSON with a charset", "application/json; charset=utf-8", JSON.stringify],
    ["YAML", "application/yaml", stringify],
    ["YAML by its old name", "text/x-yaml", stringify],
  ])(
    "stores a sweep written as %s and answers where it is, how much it is, and what was merged",
    async (_name, type, write) => {
      const response = await post(write(blobsSpec({ name: type })), type).expect(201);
      const submitted = submittedSweepSchema.parse(response.body);
      expect(response.headers["location"]).toBe(`${PATH}/${submitted.id}`);
      expect(submitted.counts).toMatchObject({ asked: 8, distinct: 6, pending: 6, completed: 0 });
      expect(submitted.notes).toEqual([
        "2 cells have the same targets and are trained once a seed: uniform 0 at K = 10 is the hard label",
      ]);
      const stored = sweepDetailSchema.parse(
        (await request(api.server).get(response.headers["location"]!).expect(200)).body,
      );
      expect(stored).toMatchObject({ id: submitted.id, name: type, state: "running", dataset: "synthetic-blobs" });
    },
  );

  it("stores the same specification whichever way it is written, with every default filled in", async () => {
    const [json, yaml] = await Promise.all([
      post(JSON.stringify(blobsSpec()), "application/json"),
      post(stringify(blobsSpec()), "application/yaml"),
    ]);
    const [one, other] = await Promise.all([json, yaml].map(({ body }) => api.store.getSweep(body.id)));
    expect(one?.spec).toEqual(other?.spec);
    expect(one?.specHash).toBe(other?.specHash);
    expect(one?.spec).toMatchObject({ strategy: { kind: "none" }, data: { splitSeed: 2026 } });
  });

  it("refuses a teacher that is not there, and stores nothing", async () => {
    const before = await rows();
    const spec = blobsSpec({ strategy: { kind: "distillation", from: "trl_none" } });
    const { body } = await post(JSON.stringify(spec), "application/json").expect(422);
    const issue = { path: "strategy.from", code: "invalid_value", value: "trl_none" };
    expect(problemSchema.parse(body)).toMatchObject({ code: "invalid_spec", errors: [issue] });
    expect(await rows()).toEqual(before);
  });

  it("answers five mistakes with all five, and stores nothing", async () => {
    const before = await rows();
    const spec = blobsSpec({
      data: { dataset: "synthetic-blob", train: 200, validation: 100, test: 100 },
      training: { batchSize: 500 },
      smoothing: { epsilom: 0.1 },
      axes: { "smoothing.epsilon": [0, 1.5] },
      seeds: [],
    });
    const response = await post(JSON.stringify(spec), "application/json").expect(422);
    expect(response.headers["content-type"]).toMatch(/^application\/problem\+json/);
    const problem = problemSchema.parse(response.body);
    expect(problem).toMatchObject({ code: "invalid_spec", status: 422, type: "urn:smoothsweep:error:invalid_spec" });
    expect(problem.errors?.map(({ path, code, fix }) => [path, code, fix])).toEqual([
      ["smoothing.epsilom", "unknown_key", "Did you mean `epsilon`?"],
      ['axes["smoothing.epsilon"][1]', "epsilon_out_of_range", undefined],
      ["seeds", "no_seeds", "Give seeds, for example [0, 1, 2]."],
      ["data.dataset", "unknown_dataset", "Did you mean `synthetic-blobs`?"],
      ["training.batchSize", "batch_larger_than_data", undefined],
    ]);
    expect(await rows()).toEqual(before);
  });

  it("plans and stores a sweep in which some class has no training row", async () => {
    const data = { dataset: "synthetic-blobs", train: 3, validation: 10, test: 10 };
    const axes = { "strategy.kind": ["none", "class-prior"] };
    const spec = blobsSpec({ data, axes, training: { epochs: 1, batchSize: 2 } });
    await post(JSON.stringify(spec), "application/json").expect(201);
  });
});

describe("a body that is no specification", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const post = (body: string | Buffer, type: string) =>
    request(api.server).post(PATH).set("Content-Type", type).send(body);

  it.each([
    ["broken JSON", "application/json", '{"name": '],
    ["no JSON at all", "application/json", ""],
    ["broken YAML", "application/yaml", "name: [unclosed"],
    ["YAML with a key twice", "application/yaml", "name: a\nname: b"],
    ["YAML of two documents", "application/yaml", "name: a\n---\nname: b"],
    ["YAML with an anchor that is not there", "application/yaml", "name: *nobody"],
    ["YAML that contains itself", "application/yaml", "name: &a [*a]"],
    ["JSON nested 100,000 deep", "application/json", `{"name": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["YAML nested 20,000 deep", "application/yaml", `name: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
  ])("is refused as invalid_body: %s", async (_name, type, body) => {
    const response = await post(body, type).expect(400);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "invalid_body" });
  });

  it("is refused when aliases blow it up: 10 lines of YAML never become a billion values", async () => {
    const lines = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`);
    const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]", ...lines].join("\n");
    const response = await post(bomb, "application/yaml").expect(400);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "invalid_body" });
  });

  it.each(["null", "[]", '"text"', "7"])("is refused by the rules of a specification: %s", async (body) => {
    const response = await post(body, "application/json").expect(422);
    expect(response.body.errors).toMatchObject([{ path: "(root)", code: "invalid_type" }]);
  });

  it("is refused as 415 with the fix when it is of another type, or of none", async () => {
    for (const type of ["text/plain", "application/xml", "multipart/form-data; boundary=x"]) {
      const response = await post("name: x", type).expect(415);
      const problem = problemSchema.parse(response.body);
      expect(problem).toMatchObject({ code: "unsupported_media_type" });
      expect(problem.fix).toContain("Content-Type: application/json");
    }
    const untyped = await fetch(`${api.url}${PATH}`, { method: "POST", body: new Uint8Array([123, 125]) });
    expect(untyped.status).toBe(415);
  });

  it.each([
    ["charset", { "Content-Type": "application/json; charset=klingon" }],
    ["encoding", { "Content-Type": "application/json", "Content-Encoding": "zip" }],
  ])("is refused as 415 when its %s is unknown", async (_what, headers) => {
    const response = await request(api.server).post(PATH).set(headers).send("{}").expect(415);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "unsupported_media_type" });
  });

  it("is refused as 413 above 1 MiB, also when it is that large only after unpacking", async () => {
    const { gzipSync } = await import("node:zlib");
    const large = JSON.stringify({ name: "x".repeat(1024 * 1024) });
    const response = await post(large, "application/json").expect(413);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "payload_too_large" });
    const packed = await fetch(`${api.url}${PATH}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Content-Encoding": "gzip" },
      body: gzipSync(large),
    });
    expect(packed.status).toBe(413);
  });

  it("leaves nothing behind", async () => {
    expect(await Promise.all(["sweep", "trial", "outbox", "event"].map((table) => api.count(table)))).toEqual([
      0, 0, 0, 0,
    ]);
  });
});
