import { defineConfig } from "prisma/config";

/** Only the CLI reads this file; smoothsweep itself applies migrations through packages/database. */
export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
