import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "@smoothsweep/contracts";
import {
  type BackupFooter,
  type BackupHeader,
  backupFooterSchema,
  backupHeaderSchema,
  parseRowLine,
} from "./backupFormat.ts";

/** A row of a backup: its table, and the row as PostgreSQL's JSON. */
export interface BackupRow {
  table: string;
  row: string;
}

/** What a whole backup holds. */
export interface BackupContent {
  header: BackupHeader;
  /** Rows of each table. */
  rows: BackupFooter["rows"];
}

/**
 * Reads a backup from the first line to the last and verifies it: its form, the number of rows of every table, the hash.
 * Memory does not grow with the file.
 *
 * @param onRow called for every row in the file's order, before the whole is known to be good
 * @throws AppError `backup_corrupt` when it is cut off, changed or none at all
 */
export async function readBackup(
  file: string,
  handlers: { onHeader?: (header: BackupHeader) => Promise<void>; onRow?: (row: BackupRow) => Promise<void> } = {},
): Promise<BackupContent> {
  const hash = createHash("sha256");
  const counted: Record<string, number> = {};
  let header: BackupHeader | undefined;
  let footer: BackupFooter | undefined;
  for await (const line of linesOf(file)) {
    if (footer !== undefined) throw corrupt(file, "there is more after its last line");
    const row = parseRowLine(line);
    if (header === undefined) {
      header = parse(file, line, backupHeaderSchema);
      await handlers.onHeader?.(header);
    } else if (row === undefined) {
      footer = parse(file, line, backupFooterSchema);
      continue;
    } else {
      counted[row.table] = (counted[row.table] ?? 0) + 1;
      await handlers.onRow?.(row);
    }
    hash.update(`${line}\n`);
  }
  if (header === undefined || footer === undefined) throw corrupt(file, "it is cut off");
  if (hash.digest("hex") !== footer.sha256) throw corrupt(file, "its hash is not the one in its last line");
  for (const [table, count] of Object.entries(footer.rows)) {
    if ((counted[table] ?? 0) !== count) throw corrupt(file, `\`${table}\` must have ${count} rows`);
  }
  return { header, rows: footer.rows };
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const text = createGunzip();
  const read = pipeline(createReadStream(file), text).catch((cause) => {
    throw corrupt(file, `it cannot be read: ${(cause as Error).message}`);
  });
  // The failure is thrown below; until then it must not count as unhandled.
  read.catch(() => undefined);
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    yield* lines;
  } catch {
    // Said by the pipeline, with the reason.
  }
  await read;
}

function parse<T>(file: string, line: string, schema: { parse(value: unknown): T }): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    throw corrupt(file, `a line is neither a row nor a header: ${line.slice(0, 60)}`);
  }
}

function corrupt(file: string, reason: string): AppError {
  return new AppError("backup_corrupt", `\`${file}\` is not a whole backup: ${reason}`, {
    context: { file },
    fix: "Use another copy of the file",
  });
}
