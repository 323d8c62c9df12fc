import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/index.ts";
import { commandLineOf, processIdentity } from "../src/postgres/processIdentity.ts";
import { query } from "./query.ts";
import { killStarter, type Starter, spawnStarter } from "./spawnStarter.ts";

const isRoot = process.getuid?.() === 0;
let parent: string;
let dataDirectory: string;
let notices: string[];
const running: EmbeddedPostgres[] = [];
const starters: Starter[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "smoothsweep-pg-"));
  // mkdtemp makes it for us alone; when we are root, PostgreSQL runs as somebody else.
  await chmod(parent, 0o711);
  dataDirectory = join(parent, "postgres");
  notices = [];
});

afterEach(async () => {
  for (const starter of starters.splice(0)) starter.child.kill("SIGTERM");
  for (const postgres of running.splice(0)) await postgres.stop();
  await rm(parent, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory, onNotice: (notice) => notices.push(notice) });
  running.push(postgres);
  return postgres;
}

async function runStarter(user?: { uid: number; gid: number }): Promise<Starter> {
  const starter = await spawnStarter(dataDirectory, user);
  starters.push(starter);
  return starter;
}

async function isRunning(pid: number): Promise<boolean> {
  return (await processIdentity(pid)) !== undefined;
}

/** Ends the shell that would stop the server with its starter, as `kill -9` of everything in sight does. */
async function killWatcher(serverPid: number): Promise<void> {
  for (const entry of await readdir("/proc")) {
    const command = /^\d+$/.test(entry) ? await commandLineOf(Number(entry)) : "";
    if (command.endsWith(`smoothsweep-watch ${serverPid}`)) process.kill(Number(entry), "SIGKILL");
  }
}

describe("embedded PostgreSQL", () => {
  test("a second start finds the data of the first, and stopping takes less than 2 s and leaves no process", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 7 as value");
    const before = performance.now();
    await first.stop();
    expect(performance.now() - before).toBeLessThan(2000);
    expect(await isRunning(first.pid)).toBe(false);
    const second = await start();
    expect(await query(second.url, "select value from kept")).toEqual([{ value: 7 }]);
    expect(notices).toEqual([]);
  });

  test("it listens on the loopback interface only, wants the password, and syncs to disk", async () => {
    const { url, port, dataDirectory: root } = await start();
    const settings = "select name, setting from pg_settings where name in ('listen_addresses', 'fsync',";
    const rows = await query(url, `${settings} 'unix_socket_directories', 'synchronous_commit') order by name`);
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: "on",
      listen_addresses: "127.0.0.1",
      synchronous_commit: "on",
      unix_socket_directories: "",
    });
    const wrong = new URL(url);
    wrong.password = "wrong";
    await expect(query(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect(new URL(url).host).toBe(`127.0.0.1:${port}`);
    expect((await stat(join(root, "password"))).mode & 0o777).toBe(0o600);
  });

  test("a second start on the same data is refused, naming the process and the address but not the password", async () => {
    const { url, port } = await start();
    const refusal = await start().catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: "database_unavailable",
      context: {
        reason: "already_running",
        pid: process.pid,
        url: `postgresql://smoothsweep@127.0.0.1:${port}/smoothsweep`,
      },
    });
    expect(JSON.stringify(refusal)).not.toContain(new URL(url).password);
    expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("of two that start at once, one serves and the other is refused", async () => {
    const outcomes = await Promise.allSettled([start(), start()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find((outcome) => outcome.status === "rejected");
    expect(refused?.reason).toMatchObject({ context: { reason: "already_running" } });
  });

  test("a killed server loses nothing that was committed", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 7 as value");
    process.kill(first.pid, "SIGKILL");
    await first.ended;
    await first.stop();
    const second = await start();
    expect(await query(second.url, "select value from kept")).toEqual([{ value: 7 }]);
  });

  test("the server ends with its starter, even when that one is killed", async () => {
    const starter = await runStarter();
    await killStarter(starter);
    await expect.poll(() => isRunning(starter.pid), { timeout: 5000 }).toBe(false);
  });

  test.runIf(process.platform === "linux")(
    "a server that was left behind is stopped by the next start, which says so",
    async () => {
      const starter = await runStarter();
      await query(starter.url, "create table kept as select 7 as value");
      await killWatcher(starter.pid);
      await killStarter(starter);
      expect(await isRunning(starter.pid)).toBe(true);
      const { url } = await start();
      expect(notices.join()).toContain(String(starter.pid));
      expect(await isRunning(starter.pid)).toBe(false);
      expect(await query(url, "select value from kept")).toEqual([{ value: 7 }]);
    },
  );

  test("a lost password is replaced, and the data are kept", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 7 as value");
    await first.stop();
    await rm(join(first.dataDirectory, "password"));
    const second = await start();
    expect(second.url).not.toBe(first.url);
    expect(await query(second.url, "select value from kept")).toEqual([{ value: 7 }]);
  });

  test("what an interrupted first start left is cleared away", async () => {
    await mkdir(join(dataDirectory, "initialising-1"), { recursive: true });
    const { dataDirectory: root } = await start();
    expect((await readdir(root)).sort()).toEqual(["cluster", "owner.json", "password"]);
  });

  test("data of another major version are refused with the way out", async () => {
    await mkdir(join(dataDirectory, "cluster"), { recursive: true });
    await writeFile(join(dataDirectory, "cluster", "PG_VERSION"), "17\n");
    await expect(start()).rejects.toMatchObject({ code: "database_unavailable", context: { version: "17" } });
    await rm(join(dataDirectory, "cluster"), { recursive: true });
    await start();
  });

  test.runIf(isRoot)("root's server runs as an ordinary account", async () => {
    const { pid } = await start();
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    expect(status).toMatch(/^Uid:\t[1-9]/m);
  });

  test.runIf(isRoot)(
    "a project that only root can enter keeps its data in a reachable place, and says so",
    async () => {
      await chmod(parent, 0o700);
      const first = await start();
      expect(first.dataDirectory).toMatch(/^\/var\/tmp\/smoothsweep-root\/data-/);
      expect(notices.join()).toContain(first.dataDirectory);
      await query(first.url, "create table kept as select 7 as value");
      await first.stop();
      const second = await start();
      expect(await query(second.url, "select value from kept")).toEqual([{ value: 7 }]);
      await second.stop();
      await rm(second.dataDirectory, { recursive: true });
    },
  );

  test.runIf(isRoot)("an ordinary user's start works, and root finds the same data afterwards", async () => {
    const nobody = { uid: 65_534, gid: 65_534 };
    await mkdir(dataDirectory);
    await chown(dataDirectory, nobody.uid, nobody.gid);
    const starter = await runStarter(nobody);
    expect(starter.notices).toEqual([]);
    await query(starter.url, "create table kept as select 7 as value");
    await killStarter(starter);
    const { url } = await start();
    expect(await query(url, "select value from kept")).toEqual([{ value: 7 }]);
  });
});
