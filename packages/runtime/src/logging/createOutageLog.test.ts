import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLogger } from "./createLogger.ts";
import { createOutageLog } from "./createOutageLog.ts";

function capture() {
  const stream = Object.assign(new PassThrough(), { isTTY: false });
  const outage = createOutageLog(createLogger({ name: "test", stream }), "the database");
  const lines = () =>
    String(stream.read() ?? "")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { msg: string; failures?: number; err?: { message: string } });
  return { outage, lines };
}

describe("createOutageLog", () => {
  it("says once that a service is away, with the first reason, however many calls fail", () => {
    const { outage, lines } = capture();
    for (let call = 1; call <= 50; call++) outage.failed(new Error(`refused ${call}`));
    const told = lines();
    expect(told.map(({ msg }) => msg)).toEqual(["the database is unavailable; trying again until it is back"]);
    expect(told[0]?.err?.message).toBe("refused 1");
    expect(outage.isOngoing).toBe(true);
  });

  it("says once that it is back and how many calls failed, and is ready for the next outage", () => {
    const { outage, lines } = capture();
    outage.recovered();
    outage.failed(new Error("a"));
    outage.failed(new Error("b"));
    outage.recovered();
    outage.recovered();
    outage.failed(new Error("c"));
    expect(lines().map(({ msg, failures }) => [msg.split(";")[0], failures])).toEqual([
      ["the database is unavailable", undefined],
      ["the database is back", 2],
      ["the database is unavailable", undefined],
    ]);
  });
});
