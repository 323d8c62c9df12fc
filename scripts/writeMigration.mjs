// Writes a migration that takes prisma/migrations to prisma/schema.prisma.
// Usage: npm run build && node scripts/writeMigration.mjs NAME DATABASE_URL
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeMigration } from "../packages/database/dist/index.js";

const [name, databaseUrl] = process.argv.slice(2);
if (name === undefined || databaseUrl === undefined) {
  console.error("usage: node scripts/writeMigration.mjs NAME DATABASE_URL");
  process.exit(2);
}
const written = await writeMigration(databaseUrl, join(dirname(fileURLToPath(import.meta.url)), "../prisma"), name);
console.log(written === undefined ? "schema and migrations agree" : `wrote prisma/migrations/${written}`);
