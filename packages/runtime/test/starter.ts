import { startEmbeddedPostgres } from "../src/index.ts";

/** A program of its own that starts a database in the folder given last, says where, and stays until it is killed. */
const dataDirectory = process.argv.at(-1) ?? "";
const notices: string[] = [];
const { url, pid } = await startEmbeddedPostgres({ dataDirectory, onNotice: (notice) => notices.push(notice) });
process.stdout.write(`${JSON.stringify({ url, pid, notices })}\n`);
process.stdin.resume();
