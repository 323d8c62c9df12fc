import { describe, expect, test } from "vitest";
import { createClient } from "../createClient.ts";

/** A client whose exports are these chunks and then end as `end` says. */
function served(chunks: readonly string[], end: (controller: ReadableStreamDefaultController) => void) {
  const state = { url: "", cancelled: false };
  const body = new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
    },
    pull: end,
    cancel: () => {
      state.cancelled = true;
    },
  });
  const fetch = async (url: string) => {
    state.url = url;
    return new Response(body);
  };
  return { state, client: createClient({ baseUrl: "http://api", fetch }) };
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of bytes) text += new TextDecoder().decode(chunk);
  return text;
}

describe("exportSweep", () => {
  test("gives every byte, and asks for what was chosen", async () => {
    const { client, state } = served(["a,b\r\n", "1,2\r\n"], (controller) => controller.close());
    expect(await textOf(client.exportSweep("swp_1", { what: "cells", format: "csv" }))).toBe("a,b\r\n1,2\r\n");
    expect(state.url).toBe("http://api/api/v1/sweeps/swp_1/export?what=cells&format=csv");
  });

  test("throws when the export breaks off, so that a part is never taken for the whole", async () => {
    const { client } = served(["a,b\r\n"], (controller) => controller.error(new TypeError("terminated")));
    await expect(textOf(client.exportSweep("swp_1"))).rejects.toMatchObject({ code: "export_broken", retryable: true });
  });

  test("ends the export when its reader leaves", async () => {
    const { client, state } = served(["a", "b", "c"], () => {});
    for await (const _ of client.exportSweep("swp_1")) break;
    expect(state.cancelled).toBe(true);
  });

  test("throws the reason of its signal when it is aborted", async () => {
    const abort = new AbortController();
    const { client } = served(["a"], (controller) => {
      abort.abort(new Error("enough"));
      controller.error(abort.signal.reason);
    });
    await expect(textOf(client.exportSweep("swp_1", { signal: abort.signal }))).rejects.toThrow("enough");
  });
});
