import { createHash } from "node:crypto";
import { type DatasetEntry, datasetArrays } from "../catalogue/datasetEntry.ts";
import { sha256 } from "../fetch/pinnedContent.ts";
import type { SplitRows } from "../split/splitRows.ts";
import { contentHashes } from "./datasetContent.ts";

/**
 * The identity of data as a model sees them: a hash over the content of every array, the shape and transform of
 * the inputs, and the rows of each part in their order. Not over the name: the same data under another name are the same data.
 *
 * @returns `sha256:` and 64 hexadecimal digits.
 */
export function snapshotId(entry: DatasetEntry, rows: SplitRows): string {
  const content = contentHashes(entry);
  const identity = [
    ["version", 2],
    ...datasetArrays.map((array) => [array, content[array]]),
    ["inputs", sortedEntries(entry.inputShape)],
    ["transform", sortedEntries(entry.transform)],
    ["train", hashRows(rows.train)],
    ["validation", hashRows(rows.validation)],
    ["test", hashRows(rows.test)],
  ];
  return `sha256:${createHash("sha256").update(JSON.stringify(identity)).digest("hex")}`;
}

function sortedEntries(fields: object): [string, unknown][] {
  return Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** SHA-256 of row numbers as little-endian uint32, whatever the machine's own order is. */
export function hashRows(rows: Uint32Array): string {
  const bytes = Buffer.alloc(rows.length * 4);
  rows.forEach((row, place) => {
    bytes.writeUInt32LE(row, place * 4);
  });
  return sha256(bytes);
}
