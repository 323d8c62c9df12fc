import { once } from "node:events";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTcpProxy, type TcpProxy } from "./tcpProxy.ts";

/** A server that answers every message with "NAME: message", and what it has heard. */
async function startEcho(name: string): Promise<{ server: Server; port: number; heard: string[]; close(): void }> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      heard.push(data.toString());
      socket.write(`${name}: ${data}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { server, port: typeof address === "object" && address !== null ? address.port : 0, heard, close };
}

describe("a proxy between a client and a server", () => {
  let echo: Awaited<ReturnType<typeof startEcho>>;
  let proxy: TcpProxy;
  let port: number;
  const clients: Socket[] = [];

  beforeEach(async () => {
    echo = await startEcho("first");
    port = echo.port;
    proxy = await startTcpProxy(() => ({ host: "127.0.0.1", port }));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await proxy.close();
    echo.close();
  });

  /** A connected client, what it was answered so far, and how it ended. */
  async function connect() {
    const socket = createConnection({ host: "127.0.0.1", port: proxy.port });
    clients.push(socket);
    const state = { socket, answers: "", ended: "" };
    socket.on("data", (data) => {
      state.answers += data.toString();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      state.ended = error.code ?? "error";
    });
    socket.on("close", () => {
      state.ended ||= "closed";
    });
    // A reset may come first.
    await once(socket, "connect").catch(() => {});
    return state;
  }
  type Client = Awaited<ReturnType<typeof connect>>;
  const answered = (client: Client, answer: string) => expect.poll(() => client.answers).toBe(answer);

  it("forwards in both directions", async () => {
    const client = await connect();
    client.socket.write("hello");
    await answered(client, "first: hello");
  });

  it("resets connections when cut, also new ones, and takes new ones once healed", async () => {
    const client = await connect();
    client.socket.write("hello");
    await answered(client, "first: hello");
    proxy.cut();
    await expect.poll(() => client.ended).toBe("ECONNRESET");
    const refused = await connect();
    await expect.poll(() => refused.ended).toBe("ECONNRESET");
    proxy.heal();
    const next = await connect();
    next.socket.write("again");
    await answered(next, "first: again");
  });

  it("keeps the order of bytes when it was slow and is so no more", async () => {
    const client = await connect();
    const startedAt = performance.now();
    proxy.slow(150);
    client.socket.write("a");
    await expect.poll(() => echo.heard.join("")).toBe("a");
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(145);
    client.socket.write("b");
    await once(client.socket, "data");
    proxy.heal();
    client.socket.write("c");
    await expect.poll(() => echo.heard.join("")).toBe("abc");
  });

  it("tells neither side of a half-open connection that the other is gone, also after it was healed", async () => {
    const client = await connect();
    client.socket.write("hello");
    await answered(client, "first: hello");
    proxy.silence();
    client.socket.write("lost");
    const young = await connect();
    young.socket.write("lost as well");
    proxy.heal();
    const next = await connect();
    next.socket.write("again");
    await answered(next, "first: again");
    expect(echo.heard).toEqual(["hello", "again"]);
    expect([client.ended, young.ended]).toEqual(["", ""]);
    client.socket.destroy();
    const [connections] = await new Promise<[number]>((resolve) =>
      echo.server.getConnections((_error, count) => resolve([count])),
    );
    expect(connections).toBe(3);
  });

  it("loses answers but not requests when deaf, and resets what has lost one when healed", async () => {
    const [asking, idle] = [await connect(), await connect()];
    proxy.deafen();
    asking.socket.write("commit");
    await expect.poll(() => echo.heard).toEqual(["commit"]);
    proxy.heal();
    await expect.poll(() => asking.ended).toBe("ECONNRESET");
    expect(asking.answers).toBe("");
    idle.socket.write("hello");
    await answered(idle, "first: hello");
  });

  it("follows a server that has another port now", async () => {
    const other = await startEcho("second");
    port = other.port;
    const client = await connect();
    client.socket.write("hello");
    await answered(client, "second: hello");
    other.close();
  });
});
