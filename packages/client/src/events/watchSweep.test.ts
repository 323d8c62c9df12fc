import { describe, expect, test } from "vitest";
import { createClient } from "../createClient.ts";
import type { WatchState } from "./watchSweep.ts";

const backoff = { baseMs: 1, maxMs: 2 };

function eventText(id: number, type = "trial.completed", data: object = { trialId: "trl_1", accuracy: 0.9, ece: 0.1 }) {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ id, sweepId: "swp_1", at: "t", type, data })}\n\n`;
}

const ended = (id: number) => eventText(id, "sweep.ended", { state: "completed" });

type Script = string | null | Error | { status: number; body: object } | (() => ReadableStream<Uint8Array>);

/** A fetch that plays one script a connection and notes where each connection began. */
function scripted(scripts: Script[], sweep: object = { state: "running", lastEventId: 99 }) {
  const silent: string[] = [];
  const requests: { after: string | null; lastEventId: string | null }[] = [];
  const fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(url);
    const unanswered = silent.findIndex((path) => pathname.endsWith(path));
    if (unanswered >= 0) {
      silent.splice(unanswered, 1);
      return new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    }
    if (!pathname.endsWith("/events")) return Response.json({ ...sweepDetail, ...sweep });
    const lastEventId = new Headers(init?.headers).get("last-event-id");
    requests.push({ after: searchParams.get("after"), lastEventId });
    const script = scripts.shift();
    if (script === undefined) throw new Error("no script is left");
    if (script instanceof Error) throw script;
    if (typeof script === "function") return new Response(script());
    if (script === null) return new Response(null, { status: 204 });
    if (typeof script === "string") return new Response(script);
    return Response.json(script.body, { status: script.status });
  };
  /** The next request of each of these paths is not answered. */
  const silence = (paths: string[]) => void silent.push(...paths);
  return { requests, silence, client: createClient({ baseUrl: "http://test", fetch }) };
}

const sweepDetail = {
  id: "swp_1",
  name: "s",
  description: "",
  specHash: "h",
  dataset: "mnist",
  counts: { asked: 1, distinct: 1, pending: 0, running: 0, completed: 1, failed: 0, cancelled: 0 },
  reused: 0,
  audits: { identical: 0, close: 0, different: 0 },
  priority: 0,
  verbs: [],
  refusals: [],
  archivedAt: null,
  progress: { trialsPerMinute: null, etaSeconds: null },
  engines: [],
  createdAt: "t",
  startedAt: null,
  endedAt: null,
  spec: { name: "s", data: { dataset: "mnist", train: 1, validation: 2, test: 2 }, seeds: [1] },
  snapshot: { id: "snap", classCount: 10, featureCount: 784, trainClassCounts: [] },
};

async function idsOf(watch: AsyncIterable<{ id: number }>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { id } of watch) ids.push(id);
  return ids;
}

describe("watchSweep", () => {
  test("yields every event once and ends after sweep.ended", async () => {
    const { client } = scripted([eventText(1) + eventText(2) + ended(3) + eventText(4)]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff }))).toEqual([1, 2, 3]);
  });

  test("continues after the last id when the connection breaks", async () => {
    const { client, requests } = scripted([eventText(1) + eventText(2), new TypeError("fetch failed"), ended(3)]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff }))).toEqual([1, 2, 3]);
    expect(requests.map((request) => request.lastEventId)).toEqual(["0", "2", "2"]);
    expect(requests.map((request) => request.after)).toEqual(["0", "2", "2"]);
  });

  test("begins after the id it is given", async () => {
    const { client, requests } = scripted([ended(8)]);
    expect(await idsOf(client.watchSweep("swp_1", { after: 7, backoff }))).toEqual([8]);
    expect(requests[0]?.after).toBe("7");
  });

  test("drops events that a server sends twice", async () => {
    const { client } = scripted([eventText(1) + eventText(2), eventText(1) + eventText(2) + ended(3)]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff }))).toEqual([1, 2, 3]);
  });

  test("asks again when an id is missing, and yields it in its place", async () => {
    const { client, requests } = scripted([eventText(1) + eventText(3), eventText(2) + eventText(3) + ended(4)]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff }))).toEqual([1, 2, 3, 4]);
    expect(requests[1]?.lastEventId).toBe("1");
  });

  test("goes on without an id that stays missing", async () => {
    const { client } = scripted([eventText(1) + eventText(3), eventText(3) + ended(4)]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff }))).toEqual([1, 3, 4]);
  });

  test("skips events of a type it does not know", async () => {
    const { client, requests } = scripted([eventText(1, "trial.sang", {}) + eventText(2), ended(3)]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff }))).toEqual([2, 3]);
    expect(requests[1]?.lastEventId).toBe("2");
  });

  test("waits and tries again on 503 and 429", async () => {
    const busy = { status: 503, body: {} };
    const { client, requests } = scripted([busy, { status: 429, body: {} }, ended(1)]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff }))).toEqual([1]);
    expect(requests).toHaveLength(3);
  });

  test("throws the problem when the sweep does not exist", async () => {
    const body = { type: "t", title: "T", status: 404, detail: "no sweep swp_1", code: "not_found", requestId: "r" };
    const { client } = scripted([{ status: 404, body }]);
    await expect(idsOf(client.watchSweep("swp_1", { backoff }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("ends at once when the sweep is over and nothing is left to tell", async () => {
    const { client, requests } = scripted(["", ended(9)], { state: "completed", lastEventId: 5 });
    expect(await idsOf(client.watchSweep("swp_1", { after: 5, backoff }))).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  test("ends at once when the API answers that there is no content", async () => {
    const { client, requests } = scripted([null, ended(9)]);
    expect(await idsOf(client.watchSweep("swp_1", { after: 5, backoff }))).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  test("opens a stream again that fell silent", async () => {
    const silent = () => new ReadableStream<Uint8Array>({});
    const { client, requests } = scripted([silent, ended(1)]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff, idleMsMax: 5 }))).toEqual([1]);
    expect(requests).toHaveLength(2);
  });

  test("asks again when a connection takes the request and never answers, also when it asks whether the sweep is over", async () => {
    const { client, requests, silence } = scripted([eventText(1), ended(2)]);
    silence(["/sweeps/swp_1/events", "/sweeps/swp_1"]);
    expect(await idsOf(client.watchSweep("swp_1", { backoff, idleMsMax: 5 }))).toEqual([1, 2]);
    expect(requests.map((request) => request.lastEventId)).toEqual(["0", "1"]);
  });

  test("an abort ends it without an error, also while it waits", async () => {
    const { client } = scripted([eventText(1)]);
    const abort = new AbortController();
    const states: WatchState["kind"][] = [];
    const onStateChange = (state: WatchState) => {
      states.push(state.kind);
      if (state.kind === "waiting") setTimeout(() => abort.abort(), 5);
    };
    const slow = { baseMs: 60_000, maxMs: 60_000 };
    const watch = client.watchSweep("swp_1", { signal: abort.signal, backoff: slow, onStateChange });
    expect(await idsOf(watch)).toEqual([1]);
    expect(states).toEqual(["connecting", "open", "waiting"]);
  });
});
