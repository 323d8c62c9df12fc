import type { Cell, ExportedReport, ExportedTrial, SweepDetail } from "@smoothsweep/contracts";

/**
 * A sweep as it was at one moment. Rows come in pages of bounded size; the next page is read when it is asked for, so
 * that memory does not grow with the sweep.
 */
export interface SweepSnapshot {
  sweep: SweepDetail;
  /** By ordinal. */
  trials(): AsyncIterable<ExportedTrial[]>;
  /** In the order of their first trials. */
  cells(): AsyncIterable<Cell[]>;
  /** By ordinal and epoch, of trials that are no equivalents. */
  reports(): AsyncIterable<ExportedReport[]>;
}

/**
 * Reads sweeps whole.
 *
 * Laws:
 * - All that a snapshot gives is of one moment, whatever happens to the sweep meanwhile, its deletion included.
 * - A snapshot costs one connection until `use` has settled, and nothing afterwards, however it settled.
 * - Nobody waits for an export: it takes no locks.
 */
export interface SweepExporter {
  /**
   * Lends a snapshot of the sweep.
   * @param use What it throws is thrown on.
   * @throws AppError `not_found`, `database_unavailable`
   */
  withSnapshot<T>(sweepId: string, use: (snapshot: SweepSnapshot) => Promise<T>): Promise<T>;
}
