import { AppError } from "@smoothsweep/contracts";
import type { ExportOptions } from "../createClient.ts";
import type { Connection } from "../http/connection.ts";
import { openResponse } from "../http/sendRequest.ts";

/**
 * The bytes of an export. The API destroys the connection of one that it cannot finish, which `fetch` notices.
 * @throws AppError `export_broken` when it broke off
 */
export async function* exportSweep(
  connection: Connection,
  sweepId: string,
  { what, format, signal }: ExportOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const response = await openResponse(connection, "exportSweep", {
    params: { sweepId },
    query: { what, format },
    accept: "*/*",
    signal,
  });
  const reader = response.body!.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        signal?.throwIfAborted();
        throw new AppError("export_broken", "the export broke off before its end", { cause, fix: "Export it again." });
      });
      if (done) return;
      yield value;
    }
  } finally {
    // Who leaves early ends the export; cancelling one that failed rejects with what was thrown already.
    reader.cancel().catch(() => undefined);
  }
}
