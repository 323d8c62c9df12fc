import type { SweepExporter, SweepSnapshot } from "@smoothsweep/sweeps";
import type pg from "pg";
import type { Database } from "../connection/openDatabase.ts";
import { sqlOn } from "../connection/sqlOn.ts";
import { translateErrors } from "../connection/translateErrors.ts";
import { getSweep } from "../store/reads.ts";
import { cellPages, reportPages, trialPages } from "./pages.ts";

/** The port {@link SweepExporter} on PostgreSQL: a snapshot is a read-only transaction on a connection of its own. */
export function createSweepExporter({ pool }: Database): SweepExporter {
  return translateErrors<SweepExporter>({
    withSnapshot: async (sweepId, use) => {
      const client = await pool.connect();
      // A connection that breaks while nothing is asked says so here, and again at the next question.
      const onError = () => {};
      client.on("error", onError);
      try {
        await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        return await use(await takeSnapshot(client, sweepId));
      } finally {
        const broken = await client.query("ROLLBACK").then(
          () => undefined,
          (error: Error) => error,
        );
        client.off("error", onError);
        client.release(broken);
      }
    },
  });
}

async function takeSnapshot(client: pg.PoolClient, sweepId: string): Promise<SweepSnapshot> {
  const sql = sqlOn(client);
  return {
    sweep: await getSweep({ prisma: sql }, sweepId),
    trials: () => trialPages(sql, sweepId),
    cells: () => cellPages(sql, sweepId),
    reports: () => reportPages(sql, sweepId),
  };
}
