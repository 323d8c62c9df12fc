import { writeFile } from "node:fs/promises";
import type { Client } from "@smoothsweep/client";
import type { Trial } from "@smoothsweep/contracts";

/** Writes a sweep with its cells and every trial's result as one JSON document. */
export async function writeResults(client: Client, sweepId: string, file: string): Promise<void> {
  const trials: Trial[] = [];
  for await (const trial of client.iterateTrials(sweepId, { limit: 1000 })) trials.push(trial);
  const [sweep, cells] = await Promise.all([client.getSweep(sweepId), client.listCells(sweepId)]);
  await writeFile(file, `${JSON.stringify({ sweep, cells: cells.items, trials }, null, 2)}\n`);
}
