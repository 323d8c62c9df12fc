import { hasErrorCode } from "../connection/errorCauses.ts";
import type { Database, Sql } from "../connection/openDatabase.ts";

/** Deadlock, serialisation failure, and Prisma's word for both: nothing has happened, and trying again helps. */
const conflict = /^(40P01|40001|P2034)$/;
const TRIES_MAX = 5;

/**
 * Runs `work` in one transaction; a rejection rolls everything back. When the database ends it because of another
 * transaction, it is run again, so `work` must do nothing outside of the transaction that may not be done twice.
 */
export async function transaction<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await database.prisma.$transaction((tx) => work(tx), { maxWait: 20_000, timeout: 120_000 });
    } catch (error) {
      if (tries === TRIES_MAX || !hasErrorCode(error, conflict)) throw error;
    }
  }
}
