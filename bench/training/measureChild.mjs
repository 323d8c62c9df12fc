// Measures one case in a process of its own, so that its memory is its own: node measureChild.mjs CASE-AS-JSON
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const program = fileURLToPath(new URL("measurePack.ts", import.meta.url));
const { module } = await runnerImport(program, { configFile: false, logLevel: "error" });
try {
  process.send({ measure: await module.measurePack(JSON.parse(process.argv[2])) });
} catch (error) {
  process.send({ reason: error.cause?.message ?? error.message });
}
process.exit(0);
