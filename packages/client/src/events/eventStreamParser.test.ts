import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEventStreamParser, type StreamMessage } from "./eventStreamParser.ts";

function parse(...texts: string[]): StreamMessage[] {
  const parser = createEventStreamParser();
  return texts.flatMap((text) => parser.push(text));
}

function dataOf(...texts: string[]): string[] {
  return parse(...texts).map((message) => message.data);
}

describe("createEventStreamParser", () => {
  test("dispatches a message with its type and id", () => {
    expect(parse("id: 7\nevent: trial.completed\ndata: {}\n\n")).toEqual([
      { event: "trial.completed", data: "{}", lastEventId: "7" },
    ]);
  });

  test("names a message without a type `message`, and forgets the type of the one before", () => {
    expect(parse("event: a\ndata: 1\n\ndata: 2\n\n").map((message) => message.event)).toEqual(["a", "message"]);
  });

  test("joins data lines by LF and strips one leading space only", () => {
    expect(dataOf("data: YHOO\ndata:+2\ndata:  10\n\n")).toEqual(["YHOO\n+2\n 10"]);
  });

  test("takes a field without a colon as empty", () => {
    expect(dataOf("data\n\ndata\ndata\n\n")).toEqual(["", "\n"]);
  });

  test.each([
    ["LF", "\n"],
    ["CR", "\r"],
    ["CRLF", "\r\n"],
  ])("ends lines in %s", (_, end) => {
    expect(dataOf(["data: a", "data: b", "", "data: c", "", ""].join(end))).toEqual(["a\nb", "c"]);
  });

  test("a CRLF cut in two is one line end", () => {
    expect(dataOf("data: a\r", "\ndata: b\r", "\n\r", "\n")).toEqual(["a\nb"]);
    expect(dataOf("data: a\r", "", "\ndata: b\r\n\r\n")).toEqual(["a\nb"]);
  });

  test("ignores comments and unknown fields", () => {
    expect(dataOf(": ping\n\n:\nfoo: bar\ndata: a\n: in between\ndata: b\n\n")).toEqual(["a\nb"]);
  });

  test("a message without data is not dispatched, but its id counts", () => {
    expect(parse("id: 1\n\nevent: lost\n\ndata: a\n\n")).toEqual([{ event: "message", data: "a", lastEventId: "1" }]);
  });

  test("the id stays until another comes; an empty one resets it, one with NUL is ignored", () => {
    const ids = parse("id: 1\ndata: a\n\ndata: b\n\nid: 2\0\ndata: c\n\nid\ndata: d\n\n");
    expect(ids.map((message) => message.lastEventId)).toEqual(["1", "1", "1", ""]);
  });

  test("takes only digits as a retry delay", () => {
    const parser = createEventStreamParser();
    parser.push("retry: 2500\n");
    parser.push("retry: 1e3\nretry: -1\nretry:\n");
    expect(parser.retryMs).toBe(2500);
  });

  test("drops a message that the end of the stream cuts off", () => {
    expect(dataOf("data: a\n\ndata: b\n")).toEqual(["a"]);
  });

  test("where the text is cut makes no difference", () => {
    const piece = fc.constantFrom("data", "id", "event", "retry", ":", " ", "\r", "\n", "\r\n", "1", "ä");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.array(fc.nat(60)), (pieces, cuts) => {
        const text = pieces.join("");
        const ends = [...cuts, text.length].sort((a, b) => a - b);
        const parts = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
        expect(parse(...parts)).toEqual(parse(text));
      }),
    );
  });
});
