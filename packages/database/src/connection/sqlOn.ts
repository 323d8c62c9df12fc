import pg from "pg";
import type { Sql } from "./openDatabase.ts";

/** Columns of 64-bit integers come as bigint, as Prisma gives them. */
const INT8 = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format)),
};

/**
 * Statements on one connection, straight through the driver: what a worker says to the database is raw SQL, and Prisma
 * around it costs more processor time than all the rest of the worker.
 */
export function sqlOn(client: pg.PoolClient): Sql {
  const run = (text: string, values: unknown[]) => client.query({ text, values, types });
  return {
    $queryRawUnsafe: async <T>(text: string, ...values: unknown[]) => (await run(text, values)).rows as T,
    $executeRawUnsafe: async (text, ...values) => (await run(text, values)).rowCount ?? 0,
  };
}
