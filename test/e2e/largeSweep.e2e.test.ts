import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createClient, isApiProblemError } from "@smoothsweep/client";
import { acceptedResult, claimAll, fillSweep, plannedSweep } from "@smoothsweep/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiServer, startApiServer } from "../setup/apiServer.ts";
import { startProduct, temporaryDataDirectory } from "../setup/product.ts";

/** 40 MB of JSON, and more than 100 MB as objects. */
const TRIALS = 40_000;
/** 64 are enough; an API that kept a sweep in memory would die of this. */
const HEAP_MB = 96;
/** What garbage may do to the resident memory meanwhile, buffers outside of the heap included. */
const GROWTH_MB_MAX = 80;
/** 10 for requests, 4 for exports, 1 that listens for events, and BullMQ's 3 and its listener. */
const CONNECTIONS_MAX = 19;

describe("an API that serves a very large sweep", () => {
  let server: ApiServer;
  let sweepId: string;
  let like: string;
  const out = temporaryDataDirectory();
  beforeAll(async () => {
    server = await startApiServer({ nodeOptions: `--max-old-space-size=${HEAP_MB}` });
    const sweep = plannedSweep();
    sweepId = sweep.id;
    await server.store.createSweep(sweep);
    const claims = await claimAll(server.store, sweep);
    await server.store.acceptResults(claims.map((claim) => acceptedResult(claim)));
    like = claims[0]!.trialId;
    await warmUp();
    await fillSweep(server.database.pool, { sweepId, like, trials: TRIALS });
  });
  afterAll(async () => {
    await server.close();
    out.remove();
  });

  const client = () => createClient({ baseUrl: server.url });
  /** Each way of reading once, so that what is loaded on the first use does not count. */
  const warmUp = async () => {
    for (const what of ["trials", "cells", "reports"] as const) {
      for (const format of ["csv", "ndjson", "json"] as const) await bytesOf({ what, format });
    }
  };
  async function bytesOf(choice: Parameters<ReturnType<typeof client>["exportSweep"]>[1]): Promise<number> {
    let bytes = 0;
    for await (const chunk of client().exportSweep(sweepId, choice)) bytes += chunk.length;
    return bytes;
  }
  async function count(items: AsyncIterable<unknown>): Promise<number> {
    let counted = 0;
    for await (const _ of items) counted++;
    return counted;
  }
  const connections = async () => {
    const { rows } = await server.database.pool.query(
      `SELECT count(*)::int AS connections FROM pg_stat_activity
       WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    return rows[0].connections as number;
  };

  it("reads its lists page by page and writes its exports whole, its memory flat", async () => {
    const pid = await server.api.ready();
    const before = residentPeak(pid);
    expect(await count(client().iterateTrials(sweepId, { limit: 1000 }))).toBe(TRIALS + 8);
    expect(await count(client().iterateCells(sweepId, { limit: 1000 }))).toBe(TRIALS / 10 + 4);
    expect(await bytesOf({ what: "trials", format: "ndjson" })).toBeGreaterThan(900 * TRIALS);
    expect(await bytesOf({ what: "cells", format: "csv" })).toBeGreaterThan(20 * TRIALS);
    expect(server.api.pid()).toBe(pid);
    expect(residentPeak(pid) - before).toBeLessThan(GROWTH_MB_MAX);
  });

  it("keeps nothing for slow readers, serves four exports at once, and bounds its connections", async () => {
    const pid = await server.api.ready();
    const before = residentPeak(pid);
    const leaving = new AbortController();
    const readers = Array.from({ length: 20 }, () =>
      client().exportSweep(sweepId, { format: "ndjson", signal: leaving.signal }),
    );
    const begun = await Promise.allSettled(readers.map((reader) => reader.next()));
    const refusals = begun.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
    expect(refusals.map((reason) => isApiProblemError(reason) && [reason.status, reason.code])).toEqual(
      Array(16).fill([503, "too_many_exports"]),
    );
    const lists = await Promise.all(Array.from({ length: 30 }, () => client().listTrials(sweepId, { limit: 10 })));
    expect(lists.map(({ items }) => items.length)).toEqual(Array(30).fill(10));
    expect(await connections()).toBeLessThanOrEqual(CONNECTIONS_MAX);
    expect(server.api.pid()).toBe(pid);
    expect(residentPeak(pid) - before).toBeLessThan(GROWTH_MB_MAX);
    leaving.abort();
    await expect
      .poll(() => count(client().exportSweep(sweepId, { what: "cells" })).then(() => "served"))
      .toBe("served");
  });

  const exportTo = (file: string) =>
    startProduct(["export", sweepId, "--format", "ndjson", "--url", server.url, "--out", file]);

  it("writes to standard output for a reader that leaves when it has seen enough", async () => {
    const product = startProduct(["export", sweepId, "--url", server.url]);
    await product.says(/^sweep_id,trial_id,/);
    product.child.stdout?.destroy();
    expect(await product.ended(), product.output()).toBe(0);
  });

  it("writes a file when it is whole", async () => {
    const file = join(out.path, "trials.ndjson");
    const product = exportTo(file);
    expect(await product.ended(), product.output()).toBe(0);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines.length).toBe(TRIALS + 8);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ state: "completed", ordinal: 999 + TRIALS });
  });

  it("leaves no file of an export that broke off, keeps the one that was there, and says so with exit code 1", async () => {
    const file = join(out.path, "trials.ndjson");
    const before = readFileSync(file, "utf8");
    const product = exportTo(file);
    const written = () => filesBeside(file).reduce((bytes, name) => bytes + statSync(join(out.path, name)).size, 0);
    await expect.poll(written, { interval: 5, timeout: 60_000 }).toBeGreaterThan(Buffer.byteLength(before));
    server.api.kill("SIGKILL");
    expect(await product.ended()).toBe(1);
    expect(product.output()).toContain("[export_broken]");
    expect(filesBeside(file)).toEqual([basename(file)]);
    expect(readFileSync(file, "utf8") === before).toBe(true);
  });
});

function filesBeside(file: string): string[] {
  return readdirSync(dirname(file)).toSorted();
}

/** The most memory that a process was resident with, in MB; 0 where there is no /proc. */
function residentPeak(pid: number): number {
  if (!existsSync("/proc/self/status")) return 0;
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) as unknown as [
    string,
    string,
  ];
  return Number(kilobytes) / 1024;
}
