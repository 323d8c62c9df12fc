import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { createProgressLine } from "./createProgressLine.ts";

function capture(isTty: boolean, columns = 80) {
  const stream = Object.assign(new PassThrough(), { columns });
  let now = 0;
  const line = createProgressLine({ stream, isTty, nowMs: () => now });
  return { line, wait: (durationMs: number) => (now += durationMs), text: () => String(stream.read() ?? "") };
}

describe("createProgressLine", () => {
  test("a terminal sees one line painted over, no more often than eyes can follow", () => {
    const { line, wait, text } = capture(true);
    line.update("1 of 60");
    line.update("2 of 60");
    wait(80);
    line.update("3 of 60");
    expect(text()).toBe("\r\u001b[K1 of 60\r\u001b[K3 of 60");
  });

  test("a text wider than the terminal is cut, so that it never wraps", () => {
    const { line, text } = capture(true, 10);
    line.update("twelve chars");
    expect(text()).toBe("\r\u001b[Ktwelve c…");
  });

  test("elsewhere a line is printed every few seconds, and none twice", () => {
    const { line, wait, text } = capture(false);
    line.update("1 of 60");
    wait(4999);
    line.update("2 of 60");
    wait(1);
    line.update("3 of 60");
    wait(5000);
    line.update("3 of 60");
    expect(text()).toBe("1 of 60\n3 of 60\n");
  });

  test("a note stays above the live line, and the end leaves the last text", () => {
    const { line, text } = capture(true);
    line.update("1 of 60");
    line.note("worker lost");
    line.finish("60 of 60");
    expect(text()).toBe("\r\u001b[K1 of 60\r\u001b[Kworker lost\n\r\u001b[K1 of 60\r\u001b[K60 of 60\n");
  });

  test("an end without a text wipes the line off, and writes nothing where there is no terminal", () => {
    const terminal = capture(true);
    terminal.line.update("1 of 60");
    terminal.line.finish();
    expect(terminal.text()).toBe("\r\u001b[K1 of 60\r\u001b[K");
    const plain = capture(false);
    plain.line.finish();
    expect(plain.text()).toBe("");
  });
});
