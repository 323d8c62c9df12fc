import { request as httpRequest } from "node:http";
import { problemSchema } from "@smoothsweep/contracts";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "./startTestApi.ts";

describe("an API on loopback without a key", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const get = (headers: Record<string, string>) => request(api.server).get("/api/v1/sweeps").set(headers);

  it.each(["http://evil.example", "null", "https://127.0.0.1.evil.example", "http://localhost:1"])(
    "refuses a request that a page of %s makes",
    async (origin) => {
      const response = await get({ Origin: origin }).expect(403);
      expect(problemSchema.parse(response.body)).toMatchObject({ code: "forbidden_origin" });
      expect(response.headers["access-control-allow-origin"]).toBeUndefined();
    },
  );

  it("refuses another site's submission before the body is read, and its preflight", async () => {
    const foreign = { Origin: "http://evil.example" };
    await request(api.server).post("/api/v1/sweeps").set(foreign).type("text/plain").send("{}").expect(403);
    await request(api.server).options("/api/v1/sweeps").set(foreign).expect(403);
  });

  it.each(["evil.example", "evil.example:4600", "127.0.0.1.evil.example", "localhost.evil.example", ""])(
    "refuses the Host %j, which may be a name that was rebound to loopback",
    async (host) => {
      const response = await get({ Host: host }).expect(403);
      expect(problemSchema.parse(response.body)).toMatchObject({ code: "forbidden_origin" });
    },
  );

  it("refuses a rebound Host for every path, not only for the API", async () => {
    for (const path of ["/healthz", "/openapi.json", "/"]) {
      await request(api.server).get(path).set("Host", "evil.example").expect(403);
    }
  });

  it.each(["127.0.0.1:4600", "localhost", "localhost:4600", "[::1]:4600"])(
    "serves the loopback name %s",
    async (host) => {
      await get({ Host: host }).expect(200);
    },
  );

  it("serves its own pages, whose Origin is the Host", async () => {
    await get({ Host: "localhost:4600", Origin: "http://localhost:4600" }).expect(200);
  });

  it("sends headers that keep foreign scripts, frames and sniffing out, with problems as well", async () => {
    for (const path of ["/api/v1/sweeps", "/nothing"]) {
      const { headers } = await request(api.server).get(path);
      expect(headers["content-security-policy"]).toContain("default-src 'self'");
      expect(headers["content-security-policy"]).toContain("script-src 'self'");
      expect(headers["content-security-policy"]).not.toContain("upgrade-insecure-requests");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["x-frame-options"]).toBe("SAMEORIGIN");
      expect(headers["x-powered-by"]).toBeUndefined();
      expect(headers["strict-transport-security"]).toBeUndefined();
    }
  });
});

describe("an API with a key", () => {
  const apiKey = "a-key-of-sufficient-length";
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ apiKey, isOpenLoopback: false });
  });
  afterAll(() => api.close());

  it.each([
    ["no key", {}],
    ["another key", { Authorization: "Bearer a-key-of-sufficient-lengtH" }],
    ["the beginning of the key", { Authorization: `Bearer ${apiKey.slice(0, -1)}` }],
    ["the key and more", { Authorization: `Bearer ${apiKey}x` }],
    ["the key without its scheme", { Authorization: apiKey }],
    ["an empty key", { Authorization: "Bearer " }],
  ])("refuses %s and says what to send", async (_what, headers) => {
    const response = await request(api.server).get("/api/v1/sweeps").set(headers).expect(401);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: "unauthorized" });
    expect(response.body.fix).toContain("Authorization: Bearer");
    expect(response.headers["www-authenticate"]).toBe("Bearer");
    expect(response.text).not.toContain(apiKey);
  });

  it.each(["/API/v1/sweeps", "/api/v1/sweeps/", "/api/v1/nothing", "/Api/V1/Sweeps/swp_x/events"])(
    "leaves no way round the key: %s",
    async (path) => {
      await request(api.server).get(path).expect(401);
    },
  );

  it("leaves no way round the key by an absolute or doubled path", async () => {
    for (const path of ["//api/v1/sweeps", "/./api/v1/sweeps", "/x/../api/v1/sweeps", "/%61pi/v1/sweeps"]) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        httpRequest(`${api.url}/`, { path }, (response) => resolve(response.resume().statusCode))
          .on("error", reject)
          .end();
      });
      expect([401, 404]).toContain(status);
    }
  });

  it("serves whoever has the key, under any Host", async () => {
    const headers = { Authorization: `Bearer ${apiKey}`, Host: "sweeps.example" };
    await request(api.server).get("/api/v1/sweeps").set(headers).expect(200);
  });

  it("keeps /healthz open for probes", async () => {
    await request(api.server).get("/healthz").set("Host", "10.0.0.7").expect(200);
  });
});
