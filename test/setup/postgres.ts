import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyMigrations } from "@smoothsweep/database";
import { startEmbeddedPostgres } from "@smoothsweep/runtime";
import { createTemplateDatabase } from "@smoothsweep/testkit";
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
  await applyMigrations(await createTemplateDatabase(server.url), "prisma/migrations");
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
