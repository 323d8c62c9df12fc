import { createEventStreamParser, type StreamMessage } from "./eventStreamParser.ts";

/** What to do beside yielding messages. */
export interface ReadStreamOptions {
  /** The stream counts as dead when nothing at all, not even a comment, came for so long. */
  idleMsMax: number;
  /** Called when the stream asks for another reconnection delay. */
  onRetry: (retryMs: number) => void;
}

/**
 * Messages of an event stream, until it ends.
 * Leaving the loop cancels the stream.
 *
 * @throws what the stream throws, and an Error when it is idle for too long
 */
export async function* readStreamMessages(
  stream: ReadableStream<Uint8Array>,
  { idleMsMax, onRetry }: ReadStreamOptions,
): AsyncGenerator<StreamMessage, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const parser = createEventStreamParser();
  let retryMs: number | undefined;
  try {
    for (;;) {
      const { done, value } = await withDeadline(reader.read(), idleMsMax);
      if (done) return;
      const messages = parser.push(decoder.decode(value, { stream: true }));
      if (parser.retryMs !== undefined && parser.retryMs !== retryMs) onRetry(parser.retryMs);
      retryMs = parser.retryMs;
      yield* messages;
    }
  } finally {
    // Cancelling a stream that failed rejects with the same failure, which was thrown already.
    reader.cancel().catch(() => undefined);
  }
}

function withDeadline<Value>(promise: Promise<Value>, limitMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the event stream was silent for ${limitMs} ms`)), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
