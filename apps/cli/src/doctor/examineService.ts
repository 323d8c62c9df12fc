import { connect as connectPlain } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { maskUrlPasswords } from "@smoothsweep/runtime";
import type { Finding } from "./examination.ts";

const ANSWER_MS_MAX = 3_000;

/** How a service is greeted, and what it answers before anyone has logged in. */
interface Greeting {
  readonly name: string;
  readonly variable: string;
  readonly port: number;
  readonly send: Buffer;
  readonly answer: RegExp;
}

/** SSLRequest: length 8, code 80877103. Every server answers with one letter. @see PostgreSQL documentation, 54.7 */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export const postgres: Greeting = {
  name: "PostgreSQL",
  variable: "DATABASE_URL",
  port: 5432,
  send: sslRequest,
  answer: /^[SNE]/,
};

export const redis: Greeting = {
  name: "Redis",
  variable: "REDIS_URL",
  port: 6379,
  send: Buffer.from("PING\r\n"),
  // With a password set it asks for that first: an answer all the same.
  answer: /^(?:\+PONG|-NOAUTH|-NOPERM)/,
};

/** The first bytes that come back. */
function converse(url: URL, greeting: Greeting): Promise<string> {
  // The brackets of an IPv6 address belong to the URL.
  const host = url.hostname.replace(/^\[|\]$/g, "") || "localhost";
  const place = { host, port: Number(url.port) || greeting.port };
  const socket = url.protocol === "rediss:" ? connectSecurely(place) : connectPlain(place);
  return new Promise<string>((resolve, reject) => {
    socket.setTimeout(ANSWER_MS_MAX, () => socket.destroy(new Error(`no answer within ${ANSWER_MS_MAX / 1000} s`)));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("it ended the connection")));
    socket.once("data", (data) => resolve(data.toString("latin1")));
    socket.write(greeting.send);
  }).finally(() => socket.destroy());
}

/**
 * Whether a service answers in its own language. The password is not tried.
 * @param address as configured; undefined where it is not
 */
export async function examineService(greeting: Greeting, address: string | undefined): Promise<Finding> {
  const { name, variable } = greeting;
  if (address === undefined) return { ok: true, text: `${variable} is not set: the embedded PostgreSQL serves` };
  const fix = `Check ${variable} and the server.`;
  const shown = maskUrlPasswords(address);
  if (!URL.canParse(address)) return { ok: false, text: `${variable} is not a URL: ${shown}`, fix };
  try {
    const answer = await converse(new URL(address), greeting);
    if (greeting.answer.test(answer)) return { ok: true, text: `${name} answers at ${shown}` };
    return { ok: false, text: `what answers at ${shown} is not ${name}`, fix };
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.constructor.name : String(error);
    return { ok: false, text: `${name} does not answer at ${shown}: ${reason}`, fix };
  }
}
