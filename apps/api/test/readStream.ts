import { type SweepEvent, sweepEventSchema } from "@smoothsweep/contracts";

export interface StreamOptions {
  /** Sent as `Last-Event-ID`. */
  lastEventId?: string;
  /** Sent as `?after=`. */
  after?: number;
  signal?: AbortSignal;
}

/** Opens the event stream of a sweep. */
export function openStream(url: string, sweepId: string, options: StreamOptions = {}): Promise<Response> {
  const { lastEventId, after, signal } = options;
  const query = after === undefined ? "" : `?after=${after}`;
  return fetch(`${url}/api/v1/sweeps/${sweepId}/events${query}`, {
    headers: lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId },
    signal: signal ?? null,
  });
}

/** The events of an open stream, each checked: `id:` and `event:` agree with the data, the data with the contract. */
export async function* eventsOf(response: Response): AsyncGenerator<SweepEvent> {
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = `${text}${chunk}`.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]));
      if (fields["data"] === undefined) continue;
      const event = JSON.parse(fields["data"]) as SweepEvent;
      sweepEventSchema.parse(event);
      if (fields["id"] !== String(event.id) || fields["event"] !== event.type) throw new Error(`torn event: ${block}`);
      yield event;
    }
  }
}

/** Reads until `count` events have come or the stream ends. Leaving early closes the connection. */
export async function take(response: Response, count = Number.POSITIVE_INFINITY): Promise<SweepEvent[]> {
  const taken: SweepEvent[] = [];
  for await (const event of eventsOf(response)) if (taken.push(event) >= count) break;
  return taken;
}
