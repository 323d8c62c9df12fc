import type pg from "pg";
import { hasErrorCode } from "../connection/errorCauses.ts";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { sqlOn } from "../connection/sqlOn.ts";

/** Deadlock and serialisation failure: nothing has happened, and trying again helps. */
const conflict = /^(40P01|40001)$/;
const TRIES_MAX = 5;

/**
 * Runs `work` in one transaction; a rejection rolls everything back. When the database ends it because of another
 * transaction, it is run again, so `work` must do nothing outside of the transaction that may not be done twice.
 */
export async function transaction<T>({ pool }: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await runOnce(await pool.connect(), work);
    } catch (error) {
      if (tries === TRIES_MAX || !hasErrorCode(error, conflict)) throw error;
    }
  }
}

async function runOnce<T>(client: pg.PoolClient, work: (sql: Sql) => Promise<T>): Promise<T> {
  // A connection that breaks between two statements says so as an event, and again to the next statement.
  const ignore = () => {};
  client.on("error", ignore);
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const answer = await work(sqlOn(client));
    await client.query("COMMIT");
    return answer;
  } catch (error) {
    await client.query("ROLLBACK").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(broken);
  }
}
