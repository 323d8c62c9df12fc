import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DiffTarget } from "@prisma/schema-engine-wasm";
import { withSchemaEngine } from "./schemaEngine.ts";

/**
 * Writes the SQL that takes the newest migration to `schema.prisma` into a new migrations folder, as
 * `prisma migrate dev --create-only` would, and beside it the schema that it leads to: the next migration starts there.
 * @param databaseUrl Any PostgreSQL: the engine wants a connection, although two schemas are compared without it.
 * @returns The folder's name, or undefined when schema and migrations agree.
 */
export async function writeMigration(
  databaseUrl: string,
  prismaDirectory: string,
  name: string,
): Promise<string | undefined> {
  const script = await schemaDifference(databaseUrl, prismaDirectory);
  if (script === undefined) return undefined;
  const folder = `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`;
  const target = join(prismaDirectory, "migrations", folder);
  await mkdir(target);
  await writeFile(join(target, "migration.sql"), script);
  await copyFile(join(prismaDirectory, "schema.prisma"), join(target, "schema.prisma"));
  return folder;
}

/** SQL that takes the newest migration to `schema.prisma`; undefined when they agree. */
export async function schemaDifference(databaseUrl: string, prismaDirectory: string): Promise<string | undefined> {
  const from = await newestMigratedSchema(join(prismaDirectory, "migrations"));
  const to = await schemaTarget(join(prismaDirectory, "schema.prisma"));
  const filters = { externalTables: [], externalEnums: [] };
  const { exitCode, stdout } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diff({ from, to, script: true, exitCode: true, filters }),
  );
  return exitCode === 0 ? undefined : (stdout ?? undefined);
}

async function newestMigratedSchema(directory: string): Promise<DiffTarget> {
  const entries = await readdir(directory, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const newest = folders.sort().at(-1);
  return newest === undefined ? { tag: "empty" } : schemaTarget(join(directory, newest, "schema.prisma"));
}

async function schemaTarget(path: string): Promise<DiffTarget> {
  return { tag: "schemaDatamodel", files: [{ path, content: await readFile(path, "utf8") }] };
}
