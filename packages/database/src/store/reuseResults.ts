import type { SweepSpec } from "@smoothsweep/contracts";
import type { Sql } from "../connection/openDatabase.ts";
import { reuseResultsSql } from "../sql/reuseResults.ts";

/**
 * Completes a sweep's new trials with results that other sweeps have, as its specification says.
 * @returns how many were completed
 */
export async function reuseResults(
  sql: Sql,
  { sweepId, spec, firstOrdinal }: { sweepId: string; spec: SweepSpec; firstOrdinal: number },
): Promise<number> {
  if (spec.cache === "off") return 0;
  const repeatedShare = spec.cache === "verify" ? spec.verifyShare : 0;
  const [row] = await sql.$queryRawUnsafe<{ reused: number }[]>(reuseResultsSql, sweepId, firstOrdinal, repeatedShare);
  return row?.reused ?? 0;
}
