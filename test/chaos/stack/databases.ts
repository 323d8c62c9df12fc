import { applyMigrations } from "@smoothsweep/database";
import type { PostgresServer } from "./postgresServer.ts";
import { openProbe } from "./probe.ts";

const TEMPLATE = "chaos_template";

/** Makes the database that those of the schedules are copies of: to migrate each would take longer than to copy it. */
export async function prepareTemplate(postgres: PostgresServer): Promise<void> {
  await administer(postgres, `CREATE DATABASE ${TEMPLATE}`);
  await applyMigrations(urlOf(postgres, TEMPLATE), "prisma/migrations");
}

/** Makes an empty database of the schema of this version. @returns its address */
export async function createDatabase(postgres: PostgresServer, name: string): Promise<string> {
  await administer(postgres, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return urlOf(postgres, name);
}

export function dropDatabase(postgres: PostgresServer, name: string): Promise<void> {
  return administer(postgres, `DROP DATABASE ${name} WITH (FORCE)`);
}

function urlOf({ url }: PostgresServer, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString();
}

async function administer({ url }: PostgresServer, statement: string): Promise<void> {
  const administration = openProbe(url);
  await administration.rows(statement);
  await administration.close();
}
