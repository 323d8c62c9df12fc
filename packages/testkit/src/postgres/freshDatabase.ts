import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** The migrated database that every test's own is cloned from. */
const TEMPLATE_DATABASE = "smoothsweep_template";

/** Makes the template anew, empty; who calls migrates it. @returns its address */
export async function createTemplateDatabase(serverUrl: string): Promise<string> {
  await administer(serverUrl, `DROP DATABASE IF EXISTS ${TEMPLATE_DATABASE}`);
  await administer(serverUrl, `CREATE DATABASE ${TEMPLATE_DATABASE}`);
  return withDatabaseName(serverUrl, TEMPLATE_DATABASE);
}

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated database of its own for one test or one file, cloned in milliseconds. */
export async function freshDatabase(): Promise<TestDatabase> {
  const serverUrl = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  return {
    url: withDatabaseName(serverUrl, name),
    drop: () => administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The same server, another database. */
function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
