import { z } from "zod";

/*
 * A backup is a gzip of lines:
 *
 *   {"format":"smoothsweep-backup","version":1,"migrations":[...],...}     what follows, and for which schema
 *   trial\t{...}                                                           a row as PostgreSQL's own JSON, one a line
 *   {"rows":{"trial":51,...},"sha256":"..."}                               counts, and the hash of all lines above
 *
 * Rows are never parsed by JavaScript: numbers of 64 bits, microseconds and the order of keys stay as they are.
 */
export const backupHeaderSchema = z.object({
  format: z.literal("smoothsweep-backup"),
  version: z.literal(1),
  createdAt: z.string(),
  /** The schema of the rows: names of the migrations in their order. */
  migrations: z.array(z.string()).min(1),
});
export type BackupHeader = z.infer<typeof backupHeaderSchema>;

export const backupFooterSchema = z.object({ rows: z.record(z.string(), z.number().int()), sha256: z.string() });
export type BackupFooter = z.infer<typeof backupFooterSchema>;

/** A row's line. Line breaks can only stand between the tokens of JSON, where a blank means the same. */
export function rowLine(table: string, row: string): string {
  return `${table}\t${row.replaceAll(/[\r\n]/g, " ")}`;
}

/** The table and the row of a line; undefined when it is none. */
export function parseRowLine(line: string): { table: string; row: string } | undefined {
  const tab = line.indexOf("\t");
  return tab === -1 ? undefined : { table: line.slice(0, tab), row: line.slice(tab + 1) };
}
