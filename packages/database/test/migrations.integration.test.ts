import { applyMigrations, schemaDifference } from "@smoothsweep/database";
import { freshDatabase, type TestDatabase } from "@smoothsweep/testkit";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

describe("migrations", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(() => database.drop());

  const query = async (text: string) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(text).finally(() => client.end());
    return rows;
  };

  it("lead to the schema that the code is generated from", async () => {
    expect(await schemaDifference(database.url, "prisma")).toBeUndefined();
  });

  it("are applied once when several processes start at the same moment", async () => {
    await query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(database.url, "prisma/migrations")));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  });

  it("refuse a database that a newer version has migrated", async () => {
    await query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_future', now())",
    );
    await expect(applyMigrations(database.url, "prisma/migrations")).rejects.toMatchObject({ code: "database_ahead" });
  });
});
