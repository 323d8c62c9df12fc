import { writeFile } from "node:fs/promises";
import type { Client } from "@smoothsweep/client";
import type { Cell, Trial } from "@smoothsweep/contracts";

/** Writes a sweep with its cells and every trial's result as one JSON document. */
export async function writeResults(client: Client, sweepId: string, file: string): Promise<void> {
  const trials: Trial[] = [];
  for await (const trial of client.iterateTrials(sweepId, { limit: 1000 })) trials.push(trial);
  const cells: Cell[] = [];
  for await (const cell of client.iterateCells(sweepId, { limit: 1000 })) cells.push(cell);
  const sweep = await client.getSweep(sweepId);
  await writeFile(file, `${JSON.stringify({ sweep, cells, trials }, null, 2)}\n`);
}
