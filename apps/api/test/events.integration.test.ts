import { problemSchema, type SweepEvent } from "@smoothsweep/contracts";
import type { ClaimedTrial, EventFeed, PlannedSweep } from "@smoothsweep/sweeps";
import { acceptedResult, epochReport, plannedSweep } from "@smoothsweep/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventsOf, openStream, take } from "./readStream.ts";
import { flood, startTestApi, type TestApi } from "./startTestApi.ts";

describe("GET /api/v1/sweeps/{sweepId}/events", () => {
  let api: TestApi;
  let sweep: PlannedSweep;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    sweep = plannedSweep();
    await api.store.createSweep(sweep);
  });

  const idsOf = (events: readonly SweepEvent[]) => events.map(({ id }) => id);
  const upTo = (last: number, from = 1) => Array.from({ length: last - from + 1 }, (_, index) => from + index);
  async function claimAll(): Promise<ClaimedTrial[]> {
    const groupIds = [...new Set(sweep.trials.map(({ groupId }) => groupId))];
    const request = { workerId: "wrk_test", limit: 100, leaseMs: 600_000 };
    return (await Promise.all(groupIds.map((groupId) => api.store.claimTrials({ ...request, groupId })))).flat();
  }
  async function finish(): Promise<number> {
    for (const claim of await claimAll()) await api.store.acceptResults([acceptedResult(claim)]);
    return (await api.store.getSweep(sweep.id)).lastEventId;
  }

  it("replays an ended sweep from its first event and ends after sweep.ended", async () => {
    const last = await finish();
    const response = await openStream(api.url, sweep.id);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const events = await take(response);
    expect(idsOf(events)).toEqual(upTo(last));
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(["sweep.created", "sweep.ended"]);
  });

  it("resumes after Last-Event-ID, which counts more than ?after=", async () => {
    const last = await finish();
    expect(idsOf(await take(await openStream(api.url, sweep.id, { lastEventId: "3", after: 0 })))).toEqual(
      upTo(last, 4),
    );
    expect(idsOf(await take(await openStream(api.url, sweep.id, { after: 5 })))).toEqual(upTo(last, 6));
    expect(idsOf(await take(await openStream(api.url, sweep.id, { lastEventId: "" })))).toEqual(upTo(last));
  });

  it("sends events that are written while the stream is open", async () => {
    const response = await openStream(api.url, sweep.id, { after: 1 });
    const received = take(response, 2);
    await claimAll();
    expect((await received).map(({ type }) => type)).toEqual(["trials.started", "trials.started"]);
  });

  it("loses and repeats nothing over many reconnections while events are written at once", async () => {
    const claims = await claimAll();
    const writing = Promise.all(
      claims.map(async (claim) => {
        for (let epoch = 1; epoch <= 15; epoch++) {
          await api.store.recordReports([{ ...claim, report: epochReport(epoch) }]);
        }
        await api.store.acceptResults([acceptedResult(claim)]);
      }),
    );
    const received: SweepEvent[] = [];
    for (let connection = 0; received.at(-1)?.type !== "sweep.ended"; connection++) {
      const last = received.at(-1)?.id ?? 0;
      const resume = connection % 2 === 0 ? { lastEventId: String(last) } : { after: last };
      received.push(...(await take(await openStream(api.url, sweep.id, resume), 7)));
    }
    await writing;
    expect(idsOf(received)).toEqual(upTo((await api.store.getSweep(sweep.id)).lastEventId));
    expect(received.filter(({ type }) => type === "trial.reported")).toHaveLength(15 * claims.length);
  });

  it("gives two listeners of one sweep the same events", async () => {
    const both = await Promise.all([1, 2].map(() => openStream(api.url, sweep.id)));
    const received = both.map((response) => take(response));
    await finish();
    const [one, other] = await Promise.all(received);
    expect(one).toEqual(other);
  });

  it("answers 204 at the last id of an ended sweep, so that browsers stop coming back", async () => {
    const last = await finish();
    expect((await openStream(api.url, sweep.id, { lastEventId: String(last) })).status).toBe(204);
    expect((await openStream(api.url, sweep.id, { after: last })).status).toBe(204);
  });

  it.each(["abc", "-1", "1.5", "0x1", "1e2", "9".repeat(20), "2147483648", "99"])(
    "refuses the Last-Event-ID %s, which no event of this sweep has",
    async (lastEventId) => {
      const response = await openStream(api.url, sweep.id, { lastEventId });
      expect(response.status).toBe(400);
      expect(problemSchema.parse(await response.json())).toMatchObject({ code: "invalid_request" });
    },
  );

  it("refuses an ?after= that is no whole number of a possible event", async () => {
    for (const after of [-1, 1.5, 2 ** 31, Number.NaN]) {
      expect((await openStream(api.url, sweep.id, { after })).status).toBe(400);
    }
  });

  it("answers HEAD with the headers alone", async () => {
    const response = await fetch(`${api.url}/api/v1/sweeps/${sweep.id}/events`, { method: "HEAD" });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  });

  it("sends 20 MB to a reader slower than the writer whole, and leaves no listeners behind", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    await flood(api, sweep.id);
    const events = await take(await openStream(api.url, sweep.id), 201);
    process.off("warning", onWarning);
    expect(idsOf(events)).toEqual(upTo(201));
    expect(warnings.map(({ message }) => message)).toEqual([]);
  });
});

describe("the event streams of an API", () => {
  it("end when it closes, also one whose reader does not read", async () => {
    const api = await startTestApi();
    const sweep = plannedSweep();
    await api.store.createSweep(sweep);
    const idleEvents = take(await openStream(api.url, sweep.id));
    const full = plannedSweep();
    await api.store.createSweep(full);
    await flood(api, full.id);
    const stuck = eventsOf(await openStream(api.url, full.id));
    expect((await stuck.next()).value?.id).toBe(1);
    api.closing.abort();
    expect((await idleEvents).map(({ type }) => type)).toEqual(["sweep.created"]);
    await new Promise((resolve) => api.server.close(resolve));
    const rest = async () => {
      for await (const event of stuck) expect(event.id).toBeLessThan(201);
    };
    await expect(rest()).rejects.toThrow("terminated");
    await api.close();
  });

  it("stop listening when their reader is gone", async () => {
    let subscribed = 0;
    let onGone: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      onGone = resolve;
    });
    const api = await startTestApi();
    const feed: EventFeed = {
      read: api.feed.read,
      subscribe: (sweepId, wake) => {
        subscribed++;
        const stop = api.feed.subscribe(sweepId, wake);
        return () => {
          stop();
          onGone();
        };
      },
    };
    const other = await startTestApi({ feed, store: api.store });
    const sweep = plannedSweep();
    await api.store.createSweep(sweep);
    const leaving = new AbortController();
    const response = await openStream(other.url, sweep.id, { signal: leaving.signal });
    expect(response.status).toBe(200);
    leaving.abort();
    await gone;
    expect(subscribed).toBe(1);
    await other.close();
    await api.close();
  });

  it("are at most 200; the next is told to come back", async () => {
    const api = await startTestApi();
    const sweep = plannedSweep();
    await api.store.createSweep(sweep);
    const leaving = new AbortController();
    const open = await Promise.all(
      Array.from({ length: 200 }, () => openStream(api.url, sweep.id, { signal: leaving.signal })),
    );
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await openStream(api.url, sweep.id);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(problemSchema.parse(await refused.json())).toMatchObject({ code: "too_many_connections" });
    leaving.abort();
    await api.close();
  });
});
