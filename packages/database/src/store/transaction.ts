import type { Database, Sql } from "../connection/openDatabase.ts";

/** Runs `work` in one transaction; a rejection rolls everything back. */
export function transaction<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
  return database.prisma.$transaction((tx) => work(tx), { maxWait: 20_000, timeout: 60_000 });
}
