import { createClient, type WatchSweepOptions } from "@smoothsweep/client";
import type { SweepEvent } from "@smoothsweep/contracts";
import { acceptedResult, claimAll, epochReport, plannedSweep } from "@smoothsweep/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiServer, startApiServer } from "../setup/apiServer.ts";

const EPOCHS = 50;
/** The API is killed when the reader has had so many events. */
const KILLED_AFTER = [1, 40, 120, 250];

describe("a client that reads the events of a running sweep", () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.close());

  it("has every event exactly once and in order, also when the API is killed again and again meanwhile", async () => {
    const sweep = plannedSweep({ training: { epochs: EPOCHS, batchSize: 20 } });
    await server.store.createSweep(sweep);
    const claims = await claimAll(server.store, sweep);

    const received: SweepEvent[] = [];
    const pids = new Set<number>();
    const failures: unknown[] = [];
    /** Told how many events the reader has. */
    let allow: (events: number) => void = () => {};
    const read = (async () => {
      const options: WatchSweepOptions = {
        onStateChange: (state) => {
          if (state.kind === "waiting" && state.error !== undefined) failures.push(state.error);
        },
      };
      for await (const event of createClient({ baseUrl: server.url }).watchSweep(sweep.id, options)) {
        received.push(event);
        if (KILLED_AFTER.includes(received.length)) {
          await expect.poll(async () => pids.has(await server.api.ready()), { timeout: 60_000 }).toBe(false);
          pids.add(await server.api.ready());
          server.api.kill("SIGKILL");
        }
        allow(received.length);
      }
    })();
    // Now and then the writer waits for the reader, so that the sweep still runs whenever the API is killed.
    const reached = (events: number) =>
      new Promise<void>((resolve) => {
        allow = (seen) => {
          if (seen >= events) resolve();
        };
        allow(received.length);
      });
    for (let epoch = 1; epoch <= EPOCHS; epoch++) {
      await server.store.recordReports(claims.map((claim) => ({ ...claim, report: epochReport(epoch) })));
      if (epoch % 10 === 0) await reached((epoch - 5) * claims.length);
    }
    for (const claim of claims) await server.store.acceptResults([acceptedResult(claim)]);
    await read;

    const { lastEventId } = await server.store.getSweep(sweep.id);
    expect(received.map(({ id }) => id)).toEqual(Array.from({ length: lastEventId }, (_, index) => index + 1));
    expect(received.filter(({ type }) => type === "trial.reported").length).toBe(EPOCHS * claims.length);
    expect(received.at(-1)?.type).toBe("sweep.ended");
    expect(pids.size).toBe(KILLED_AFTER.length);
    expect(failures.length).toBeGreaterThan(0);
  });
});
