import { AppError } from "@smoothsweep/contracts";
import type { DeletionPreview, PlanningTools } from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { createHeirsSql, deleteRowsSql, deletionPreviewSql, findHeirsSql, handOverSql } from "../sql/deletion.ts";
import { notFound } from "../store/reads.ts";
import { transaction } from "../store/transaction.ts";
import { holdForVerb } from "./holdForVerb.ts";

type Hash = PlanningTools["hash"];

/** What deleting a sweep would remove, with the token that confirms it. */
export async function previewDeletion(sql: Sql, sweepId: string, hash: Hash): Promise<DeletionPreview> {
  type Row = Omit<DeletionPreview, "confirm"> & { lastEventId: number };
  const [row] = await sql.$queryRawUnsafe<Row[]>(deletionPreviewSql, sweepId);
  if (row === undefined) throw notFound("sweep", sweepId);
  const { lastEventId, ...preview } = row;
  // Every change of a sweep is an event, so the token fits this sweep as it is now.
  return { ...preview, confirm: hash(`delete ${sweepId} ${lastEventId}`).slice(0, 12) };
}

/** Removes a sweep and all that belongs to it. */
export function deleteSweep(
  database: Database,
  { sweepId, confirm, hash }: { sweepId: string; confirm: string; hash: Hash },
): Promise<void> {
  return transaction(database, async (sql) => {
    await holdForVerb(sql, sweepId, "delete");
    const preview = await previewDeletion(sql, sweepId, hash);
    if (confirm !== preview.confirm) {
      throw new AppError(
        "confirmation_mismatch",
        `\`confirm\` must be the token of the sweep's current deletion preview, got ${JSON.stringify(confirm)}`,
        { fix: "Ask for the preview, look at what would be removed, and send its `confirm`." },
      );
    }
    await handOver(sql, sweepId);
    for (const statement of deleteRowsSql) await sql.$executeRawUnsafe(statement, sweepId);
  });
}

async function handOver(sql: Sql, sweepId: string): Promise<void> {
  await sql.$executeRawUnsafe(createHeirsSql);
  await sql.$executeRawUnsafe(findHeirsSql, sweepId);
  for (const statement of handOverSql) await sql.$executeRawUnsafe(statement);
}
