import type pg from "pg";
import { readBackup } from "./readBackup.ts";

/** So many characters of rows are sent at a time. */
const BATCH_CHARACTERS = 4_000_000;

/**
 * Puts a backup's rows into empty tables, whole or not at all. Foreign keys are taken down meanwhile and put back, which
 * checks every one of them: so the order of rows does not matter.
 * @throws AppError `backup_corrupt`
 */
export async function insertRows(client: pg.Client, file: string): Promise<void> {
  await client.query("BEGIN");
  try {
    const putBack = await takeForeignKeysDown(client);
    await insertAll(client, file);
    await putBack();
    await moveSequences(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

async function insertAll(client: pg.Client, file: string): Promise<void> {
  let batch: { table: string; rows: string[]; characters: number } = { table: "", rows: [], characters: 0 };
  const flush = async () => {
    if (batch.rows.length === 0) return;
    const statement = `INSERT INTO "${batch.table}" SELECT * FROM json_populate_recordset(NULL::"${batch.table}", $1)`;
    await client.query(statement, [`[${batch.rows.join(",")}]`]);
  };
  await readBackup(file, {
    onRow: async ({ table, row }) => {
      if (table !== batch.table || batch.characters > BATCH_CHARACTERS) {
        await flush();
        batch = { table, rows: [], characters: 0 };
      }
      batch.rows.push(row);
      batch.characters += row.length;
    },
  });
  await flush();
}

async function takeForeignKeysDown(client: pg.Client): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ owner: string; name: string; definition: string }>(`
    SELECT conrelid::regclass::text AS owner, conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`);
  for (const { owner, name } of keys) await client.query(`ALTER TABLE ${owner} DROP CONSTRAINT "${name}"`);
  return async () => {
    for (const { owner, name, definition } of keys) {
      await client.query(`ALTER TABLE ${owner} ADD CONSTRAINT "${name}" ${definition}`);
    }
  };
}

/** Counters go on after the largest number that was restored. */
async function moveSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(`
    SELECT s.oid::regclass::text AS sequence, t.oid::regclass::text AS table, a.attname AS column
    FROM pg_class s
    JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
    JOIN pg_class t ON t.oid = d.refobjid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace`);
  for (const { sequence, table, column } of rows) {
    const next = `(SELECT coalesce(max("${column}"), 0) + 1 FROM ${table})`;
    await client.query(`SELECT setval('${sequence}', ${next}, false)`);
  }
}
