import { describe, expect, test } from "vitest";
import { createClient } from "./createClient.ts";
import { isApiProblemError } from "./http/apiProblemError.ts";

const counts = { asked: 60, distinct: 51, pending: 51, running: 0, completed: 0, failed: 0, cancelled: 0 };

/** A client whose requests are noted and answered by `answer`. */
function recorded(answer: (url: string) => Response | Promise<Response>, apiKey?: string) {
  const requests: { url: string; init: RequestInit | undefined }[] = [];
  const fetch = async (url: string, init?: RequestInit) => {
    requests.push({ url, init });
    return answer(url);
  };
  return { requests, client: createClient({ baseUrl: "http://api/", fetch, apiKey }) };
}

async function caught(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("createClient", () => {
  test("sends an object as JSON and a text as YAML, untouched", async () => {
    const { client, requests } = recorded(() =>
      Response.json({ id: "swp_1", name: "s", counts, notes: [], joined: false, reused: 0 }),
    );
    await client.submitSweep({ name: "s", data: { dataset: "mnist", train: 1, validation: 2, test: 2 }, seeds: [1] });
    await client.submitSweep("name: s # mine\n");
    const types = requests.map(({ init }) => new Headers(init?.headers).get("content-type"));
    expect(types).toEqual(["application/json", "application/yaml"]);
    expect(requests[1]?.init?.body).toBe("name: s # mine\n");
    expect(requests[0]?.url).toBe("http://api/api/v1/sweeps");
  });

  test("sends the API key as a bearer token", async () => {
    const { client, requests } = recorded(() => Response.json({ items: [], nextCursor: null }), "secret");
    await client.listSweeps();
    expect(new Headers(requests[0]?.init?.headers).get("authorization")).toBe("Bearer secret");
  });

  test("asks a function for the API key before each request", async () => {
    const authorizations: (string | null)[] = [];
    const fetch = async (_url: string, init?: RequestInit) => {
      authorizations.push(new Headers(init?.headers).get("authorization"));
      return Response.json({ items: [], nextCursor: null });
    };
    let key: string | undefined;
    const client = createClient({ fetch, apiKey: () => key });
    await client.listSweeps();
    key = "later";
    await client.listSweeps();
    expect(authorizations).toEqual([null, "Bearer later"]);
  });

  test("escapes ids", async () => {
    const { client, requests } = recorded(() => Response.json({ items: [], nextCursor: null }));
    await client.listCells("../a b");
    expect(requests[0]?.url).toBe("http://api/api/v1/sweeps/..%2Fa%20b/cells");
  });

  test("throws the problem with every broken rule and its path", async () => {
    const issue = { path: 'axes["smoothing.epsilon"][1]', code: "epsilon_out_of_range", message: "m", value: 1.2 };
    const problem = {
      type: "https://smoothsweep.dev/problems/invalid_spec",
      title: "The sweep specification is invalid",
      status: 422,
      detail: "the sweep specification has 1 mistake",
      code: "invalid_spec",
      requestId: "req_1",
      errors: [issue],
    };
    const { client } = recorded(() => Response.json(problem, { status: 422 }));
    const error = await caught(client.submitSweep("{}"));
    if (!isApiProblemError(error)) throw error;
    expect(error).toMatchObject({ code: "invalid_spec", status: 422, message: problem.detail, errors: [issue] });
  });

  test("makes a problem of a gateway's page", async () => {
    const { client } = recorded(() => new Response("<h1>Bad Gateway</h1>", { status: 502, statusText: "Bad Gateway" }));
    expect(await caught(client.getHealth())).toMatchObject({ code: "api_unreachable", status: 502 });
  });

  test("tells that nothing answers, and how to start it", async () => {
    const { client } = recorded(() => Promise.reject(new TypeError("fetch failed")));
    const error = await caught(client.getHealth());
    expect(error).toMatchObject({ code: "api_unreachable", message: "the API at http://api does not answer" });
  });

  test("refuses an answer that breaks the contract", async () => {
    const { client } = recorded(() => Response.json({ items: [{}], nextCursor: null }));
    expect(await caught(client.listSweeps())).toMatchObject({ code: "internal" });
  });

  test("an aborted request throws the reason of its signal", async () => {
    const abort = new AbortController();
    const { client } = recorded(() => {
      abort.abort(new Error("enough"));
      throw abort.signal.reason;
    });
    expect(await caught(client.getHealth({ signal: abort.signal }))).toMatchObject({ message: "enough" });
  });

  test("iterates over every page", async () => {
    const cursors: (string | null)[] = [];
    const { client } = recorded((url) => {
      const cursor = new URL(url).searchParams.get("cursor");
      cursors.push(cursor);
      return Response.json({ items: [], nextCursor: cursor === null ? "p2" : null });
    });
    for await (const _ of client.iterateTrials("swp_1", { state: "failed" })) throw new Error("there is no trial");
    expect(cursors).toEqual([null, "p2"]);
  });
});
