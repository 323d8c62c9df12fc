import type { ExportedReport } from "@smoothsweep/contracts";
import { type SweepExporter, summariseCells } from "@smoothsweep/sweeps";
import { isTrained, originOf, ownerOf, trialsOf } from "./queries.ts";
import { cellTrialOf, getSweep, shown } from "./reads.ts";
import type { Tables, TrialRow } from "./tables.ts";

const ROWS_PER_PAGE = 200;

/** The port {@link SweepExporter} in memory: a snapshot is a copy of all that is kept. */
export interface MemoryExporter extends SweepExporter {
  /** Snapshots that are lent now. */
  lent(): number;
}

export function createMemoryExporter(tables: Tables): MemoryExporter {
  let lent = 0;
  return {
    lent: () => lent,
    withSnapshot: async (sweepId, use) => {
      const sweep = getSweep(tables, sweepId);
      const { sweeps, trials } = structuredClone({ sweeps: tables.sweeps, trials: tables.trials });
      const copy: Tables = { ...tables, sweeps, trials };
      const rows = trialsOf(copy, sweepId);
      lent += 1;
      try {
        return await use({
          sweep,
          trials: () => pages(rows.map((trial) => ({ ...shown(copy, trial), provenance: provenanceOf(copy, trial) }))),
          cells: () => pages(summariseCells(rows.map((trial) => cellTrialOf(copy, trial)))),
          reports: () => pages(rows.filter(isTrained).flatMap((trial) => reportsOf(copy, trial))),
        });
      } finally {
        lent -= 1;
      }
    },
  };
}

async function* pages<T>(rows: readonly T[]): AsyncGenerator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_PAGE) yield rows.slice(start, start + ROWS_PER_PAGE);
}

function provenanceOf(tables: Tables, trial: TrialRow): Record<string, unknown> | null {
  return ownerOf(tables, trial).result?.provenance ?? null;
}

/** Epochs of the attempt whose result counts, or that runs now. */
function reportsOf(tables: Tables, trial: TrialRow): ExportedReport[] {
  const { ordinal, cellId, cell, seed, plan, state, reusedFrom } = shown(tables, trial);
  const reports = originOf(tables, trial).reports.get(trial.result?.token ?? trial.token) ?? [];
  return reports.map((report) => ({ trialId: trial.id, ordinal, cellId, cell, seed, plan, state, reusedFrom, report }));
}
