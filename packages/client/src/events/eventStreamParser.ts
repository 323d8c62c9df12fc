/** One dispatched message of an event stream. */
export interface StreamMessage {
  /** Event type: `message` when the stream named none. */
  event: string;
  data: string;
  /** The last id the stream named, also by an earlier message; empty when none did. */
  lastEventId: string;
}

/** Incremental parser of one event stream. */
export interface EventStreamParser {
  /** Takes the next text of the stream, cut anywhere, and returns the messages it completes. */
  push(text: string): StreamMessage[];
  /** Reconnection delay that the stream asked for, in milliseconds. */
  readonly retryMs: number | undefined;
}

/**
 * Parses server-sent events as the WHATWG HTML standard, section 9.2.6, says: lines end in LF, CR or CRLF; `data` lines
 * of one message are joined by LF; a line that starts with a colon is a comment; a message without data is not
 * dispatched, though its id counts; a message that the stream's end cuts off is dropped.
 *
 * Decode bytes with a streaming `TextDecoder`, which also strips the byte order mark.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function createEventStreamParser(): EventStreamParser {
  const lines = createLineSplitter();
  let data: string[] = [];
  let event = "";
  let lastEventId = "";
  let retryMs: number | undefined;

  const takeField = (name: string, value: string): void => {
    if (name === "data") data.push(value);
    else if (name === "event") event = value;
    else if (name === "id" && !value.includes("\0")) lastEventId = value;
    else if (name === "retry" && /^[0-9]+$/.test(value)) retryMs = Number(value);
  };
  const takeMessage = (): StreamMessage[] => {
    const message = { event: event === "" ? "message" : event, data: data.join("\n"), lastEventId };
    const dispatched = data.length > 0 ? [message] : [];
    data = [];
    event = "";
    return dispatched;
  };
  const takeLine = (line: string): StreamMessage[] => {
    if (line === "") return takeMessage();
    const colon = line.indexOf(":");
    if (colon === -1) takeField(line, "");
    else if (colon > 0) takeField(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ""));
    return [];
  };
  return {
    push: (text) => lines(text).flatMap(takeLine),
    get retryMs() {
      return retryMs;
    },
  };
}

/** Cuts text into lines; the last, unfinished one is kept for the next call. */
function createLineSplitter(): (text: string) => string[] {
  let rest = "";
  let endedInCarriageReturn = false;
  return (text) => {
    // The LF of a CRLF whose CR ended the text before.
    const fresh = endedInCarriageReturn && text.startsWith("\n") ? text.slice(1) : text;
    if (text !== "") endedInCarriageReturn = text.endsWith("\r");
    const lines = fresh.split(/\r\n|\r|\n/);
    lines[0] = rest + (lines[0] ?? "");
    rest = lines.pop() ?? "";
    return lines;
  };
}
