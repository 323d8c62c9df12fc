import { openDatabase } from "@smoothsweep/database";
import { freshDatabase } from "@smoothsweep/testkit";
import { expect, it } from "vitest";

async function limitsOf(options: { statementTimeoutMs?: number; idleInTransactionMs?: number }): Promise<string[]> {
  const test = await freshDatabase();
  const database = openDatabase({ url: test.url, ...options });
  try {
    const { rows } = await database.pool.query(
      `SELECT current_setting('statement_timeout') AS statement,
         current_setting('idle_in_transaction_session_timeout') AS idle`,
    );
    return [rows[0].statement, rows[0].idle];
  } finally {
    await database.close();
    await test.drop();
  }
}

it("every connection has a limit for statements and for idle transactions, also when none is asked for", async () => {
  expect(await limitsOf({})).toEqual(["15s", "15s"]);
  expect(await limitsOf({ statementTimeoutMs: 8000 })).toEqual(["8s", "8s"]);
});

it("a connection whose reader may be slow keeps its limit for statements", async () => {
  expect(await limitsOf({ idleInTransactionMs: 300_000 })).toEqual(["15s", "5min"]);
});

it("a statement that takes too long is ended by the server", async () => {
  const test = await freshDatabase();
  const database = openDatabase({ url: test.url, statementTimeoutMs: 50 });
  await expect(database.pool.query("SELECT pg_sleep(60)")).rejects.toMatchObject({ code: "57014" });
  await database.close();
  await test.drop();
});
