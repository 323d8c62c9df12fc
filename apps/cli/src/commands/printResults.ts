import type { Client } from "@smoothsweep/client";
import type { Cell, SweepDetail } from "@smoothsweep/contracts";
import { renderScatter } from "../results/renderScatter.ts";
import { renderTable } from "../results/renderTable.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The table of cells, the scatter, and which engine computed it. */
export async function printResults(client: Client, sweep: SweepDetail, terminal: Terminal): Promise<void> {
  const cells: Cell[] = [];
  for await (const cell of client.iterateCells(sweep.id, { limit: 1000 })) cells.push(cell);
  const { test, dataset } = sweep.spec.data;
  terminal.print(`\n${sweep.name}: ${dataset}, ${test} test rows, mean ± half of the 95 % interval over seeds\n`);
  terminal.print(renderTable(cells));
  const scatter = renderScatter(cells);
  if (scatter !== "") terminal.print(`\n${scatter}`);
  const engines = sweep.engines.map(
    ({ name, version, device, threads }) => `${name} ${version} on ${device}, ${threads} thread(s)`,
  );
  terminal.print(`\nengine: ${engines.join("; ") || "none"}`);
}
