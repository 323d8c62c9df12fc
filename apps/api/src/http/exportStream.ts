import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError, exportMediaTypes, routes } from "@smoothsweep/contracts";
import type { SweepExporter } from "@smoothsweep/sweeps";
import type { RequestHandler, Response } from "express";
import { type ExportChoice, exportText } from "../export/exportText.ts";
import { parseQuery } from "./parseQuery.ts";
import { readParams } from "./readParams.ts";

/** Each holds a connection and a page of rows. */
export const EXPORTS_MAX = 4;
/** A reader that takes nothing for so long is given up. */
const STALL_MS = 60_000;
/** Its snapshot keeps PostgreSQL from tidying up, however slowly it is read. */
const EXPORT_MS = 3_600_000;

export interface ExportStreamDependencies {
  exporter: SweepExporter;
  /** Aborted when the API shuts down: exports are cut off, which their readers notice. */
  closing: AbortSignal;
}

/**
 * A sweep as it is now, whole, written as fast as its reader reads: of what is slower, nothing is kept here. When it cannot
 * be finished the connection is destroyed, so that no reader takes a part for the whole.
 */
export function streamExport({ exporter, closing }: ExportStreamDependencies): RequestHandler {
  let running = 0;
  return async (request, response) => {
    const sweepId = readParams(request)["sweepId"] as string;
    const choice = parseQuery(routes.exportSweep, request.query) as ExportChoice;
    if (running >= EXPORTS_MAX)
      throw new AppError("too_many_exports", `at most ${EXPORTS_MAX} exports may run at once`);
    running++;
    try {
      await exporter.withSnapshot(sweepId, async (snapshot) => {
        response.writeHead(200, headersOf(sweepId, choice));
        if (request.method === "HEAD") response.end();
        else await send(response, exportText(snapshot, choice), closing);
      });
    } finally {
      running--;
    }
  };
}

function headersOf(sweepId: string, { what, format }: ExportChoice): Record<string, string> {
  return {
    "Content-Type": `${exportMediaTypes[format]}; charset=utf-8`,
    "Content-Disposition": `attachment; filename="${sweepId}-${what}.${format}"`,
    "Cache-Control": "no-store",
  };
}

/** Sends until the end, or until the reader, the API or the time goes away. @throws what the text throws */
async function send(response: Response, text: AsyncGenerator<string>, closing: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  async function* noted(): AsyncGenerator<string> {
    try {
      yield* text;
    } catch (error) {
      failures.push(error);
      throw error;
    }
  }
  response.setTimeout(STALL_MS, () => response.destroy());
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(EXPORT_MS)]);
    await pipeline(Readable.from(noted()), response, { signal });
  } catch {
    // Else the response is destroyed because somebody is gone, or time is over: there is nobody to tell.
    if (failures.length > 0) throw failures[0];
  }
}
