import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { createLogger, type LoggerOptions } from "./createLogger.ts";

function capture(options: Partial<LoggerOptions> = {}) {
  const stream = Object.assign(new PassThrough(), { isTTY: false });
  const logger = createLogger({ name: "api", stream, ...options });
  const text = () => String(stream.read() ?? "");
  return { logger, text, record: () => JSON.parse(text()) as Record<string, unknown> };
}

describe("createLogger", () => {
  test("a line is JSON with the message, its fields and its context", () => {
    const { logger, record } = capture();
    logger.child({ workerId: "wrk_1" }).info({ trials: 60 }, "sweep submitted");
    expect(record()).toMatchObject({ name: "api", msg: "sweep submitted", trials: 60, workerId: "wrk_1" });
  });

  test("secrets are masked by name, URLs lose only their passwords", () => {
    const { logger, record } = capture();
    logger.info(
      { password: "x", request: { authorization: "Bearer y" }, config: { databaseUrl: "pg://me:z@db/s" } },
      "started",
    );
    expect(record()).toMatchObject({
      password: "***",
      request: { authorization: "***" },
      config: { databaseUrl: "pg://me:***@db/s" },
    });
  });

  test("an error keeps its text, its code and its context, and not what a driver hangs onto it", () => {
    const { logger, record } = capture();
    const client = { secretKey: -210215710, connection: { stream: {} } };
    const error = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", context: { tries: 3 }, client });
    logger.warn({ err: error }, "queue connection");
    const { err } = record() as { err: Record<string, unknown> };
    expect(err).toMatchObject({ message: "read ECONNRESET", code: "ECONNRESET", context: { tries: 3 } });
    expect(Object.keys(err)).not.toContain("client");
  });

  test("an error's text does not give a connection's password away", () => {
    const { logger, text } = capture();
    logger.error({ err: new Error("cannot reach postgresql://me:hunter2@db/s") }, "database unavailable");
    const line = text();
    expect(line).not.toContain("hunter2");
    expect(line).toContain("postgresql://me:***@db/s");
  });

  test("what is below the level is not written", () => {
    const { logger, text } = capture({ level: "warn" });
    logger.info("quiet");
    expect(text()).toBe("");
  });

  test("lines for people are written when asked for, and no colour when it is no terminal", async () => {
    const { logger, text } = capture({ pretty: true });
    logger.info({ port: 1 }, "listening");
    await expect.poll(text).toMatch(/INFO.*\(api\): listening/);
  });
});
