import { describe, expect, test } from "vitest";
import { readStreamMessages } from "./readStreamMessages.ts";

const options = { idleMsMax: 1000, onRetry: () => undefined };

function streamOf(chunks: readonly Uint8Array[], onCancel?: () => void): ReadableStream<Uint8Array> {
  const queue = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const chunk = queue.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
    cancel: () => onCancel?.(),
  });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe("readStreamMessages", () => {
  test("decodes characters and line ends cut between bytes, and skips the byte order mark", async () => {
    const bytes = new TextEncoder().encode("\uFEFFdata: ε = 0.1 🎯\r\n\r\n");
    const single = Array.from(bytes, (_, index) => bytes.slice(index, index + 1));
    const messages = await collect(readStreamMessages(streamOf(single), options));
    expect(messages.map((message) => message.data)).toEqual(["ε = 0.1 🎯"]);
  });

  test("leaving the loop cancels the stream", async () => {
    const bytes = new TextEncoder().encode("data: a\n\n");
    let cancelled = false;
    const stream = streamOf([bytes, bytes, bytes, bytes], () => {
      cancelled = true;
    });
    for await (const _ of readStreamMessages(stream, options)) break;
    expect(cancelled).toBe(true);
  });

  test("a silent stream is given up", async () => {
    const silent = new ReadableStream<Uint8Array>({});
    const reading = readStreamMessages(silent, { ...options, idleMsMax: 5 }).next();
    await expect(reading).rejects.toThrow("the event stream was silent for 5 ms");
  });

  test("tells of the delay the stream asks for, once", async () => {
    const bytes = new TextEncoder().encode("retry: 20\n\ndata: a\n\n");
    const delays: number[] = [];
    const onRetry = (retryMs: number) => delays.push(retryMs);
    await collect(readStreamMessages(streamOf([bytes, bytes]), { idleMsMax: 1000, onRetry }));
    expect(delays).toEqual([20]);
  });
});
