import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyMigrations } from "@smoothsweep/database";
import { startEmbeddedPostgres } from "@smoothsweep/runtime";
import { TEMPLATE_DATABASE, withDatabaseName } from "@smoothsweep/testkit";
import pg from "pg";
import type { TestProject } from "vitest/node";

/**
 * One PostgreSQL for all integration tests, with a migrated template database: each test clones it. It is the embedded
 * one, so tests need nothing installed; `TEST_DATABASE_URL` names another server, where databases may be created.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["TEST_DATABASE_URL"];
  const directory = mkdtempSync(join(tmpdir(), "smoothsweep-test-"));
  // Run as root, the server has an account of its own, which must be able to pass through.
  chmodSync(directory, 0o711);
  const server =
    given === undefined
      ? await startEmbeddedPostgres({ dataDirectory: join(directory, "postgres"), durability: "relaxed" })
      : { url: given, stop: async () => {} };
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${TEMPLATE_DATABASE}`);
  await admin.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await admin.end();
  await applyMigrations(withDatabaseName(server.url, TEMPLATE_DATABASE), "prisma/migrations");
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
