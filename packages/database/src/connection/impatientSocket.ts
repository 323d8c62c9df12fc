import { Socket } from "node:net";

/**
 * A socket that breaks after `silenceMs` without a byte in either direction: the only way to notice that the other side
 * is gone when nobody says so (a machine without power, a firewall that forgot the connection).
 */
export function impatientSocket(silenceMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silenceMs, () => socket.destroy(silentFor(silenceMs)));
  return socket;
}

function silentFor(silenceMs: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`the connection said nothing for ${silenceMs} ms`), { code: "ETIMEDOUT" });
}
