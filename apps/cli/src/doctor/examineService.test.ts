import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { examineService, postgres, redis } from "./examineService.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** A server on a loopback port that answers the first bytes with a text; its port. */
async function startServer(answer: string): Promise<number> {
  server = createServer((socket) => {
    socket.once("data", () => socket.end(answer));
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

test("an address that is not configured is no problem: the embedded PostgreSQL serves", async () => {
  expect(await examineService(redis, undefined)).toMatchObject({ ok: true, text: expect.stringContaining("not set") });
});

test("a service that asks for a password first answers, and the configured password is not shown", async () => {
  const port = await startServer("-NOAUTH Authentication required.\r\n");
  const finding = await examineService(redis, `redis://:secret@127.0.0.1:${port}`);
  expect(finding).toEqual({ ok: true, text: `Redis answers at redis://:***@127.0.0.1:${port}` });
});

test("something else on the port is not taken for the service", async () => {
  const port = await startServer("HTTP/1.1 400 Bad Request\r\n\r\n");
  expect(await examineService(postgres, `postgresql://127.0.0.1:${port}/x`)).toMatchObject({
    ok: false,
    text: `what answers at postgresql://127.0.0.1:${port}/x is not PostgreSQL`,
    fix: "Check DATABASE_URL and the server.",
  });
});

test("nobody on the port is a problem with its reason", async () => {
  const port = await startServer("");
  server?.close();
  const finding = await examineService(postgres, `postgresql://127.0.0.1:${port}/x`);
  expect(finding).toMatchObject({ ok: false, text: expect.stringContaining("ECONNREFUSED") });
});

test("an address that is no URL is a problem", async () => {
  expect(await examineService(redis, "localhost")).toMatchObject({
    ok: false,
    text: "REDIS_URL is not a URL: localhost",
  });
});
