import type { ExportContent, ExportFormat, SweepDetail } from "@smoothsweep/contracts";
import type { SweepSnapshot } from "@smoothsweep/sweeps";
import { cellColumns } from "./cellColumns.ts";
import { csvRecord } from "./csvRecord.ts";
import { reportColumns } from "./reportColumns.ts";
import type { Column } from "./sharedColumns.ts";
import { trialColumns } from "./trialColumns.ts";

/** What is written, and how. */
export interface ExportChoice {
  what: ExportContent;
  format: ExportFormat;
}

interface Table<Row> {
  sweep: SweepDetail;
  pages: AsyncIterable<Row[]>;
  columns: readonly Column<Row>[];
}

/** An export as text, a page of rows at a time; the next page is read when it is asked for. */
export function exportText(snapshot: SweepSnapshot, { what, format }: ExportChoice): AsyncGenerator<string> {
  const { sweep } = snapshot;
  switch (what) {
    case "trials":
      return tableText({ sweep, pages: snapshot.trials(), columns: trialColumns(sweep) }, format);
    case "cells":
      return tableText({ sweep, pages: snapshot.cells(), columns: cellColumns(sweep) }, format);
    case "reports":
      return tableText({ sweep, pages: snapshot.reports(), columns: reportColumns(sweep) }, format);
  }
}

function tableText<Row>(table: Table<Row>, format: ExportFormat): AsyncGenerator<string> {
  switch (format) {
    case "csv":
      return csvText(table);
    case "ndjson":
      return ndjsonText(table);
    case "json":
      return jsonText(table);
  }
}

async function* csvText<Row>({ pages, columns }: Table<Row>): AsyncGenerator<string> {
  yield csvRecord(columns.map(([name]) => name));
  for await (const rows of pages) {
    yield rows.map((row) => csvRecord(columns.map(([, value]) => value(row)))).join("");
  }
}

async function* ndjsonText<Row>({ pages }: Table<Row>): AsyncGenerator<string> {
  for await (const rows of pages) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** One document; without its last line it cannot be read, so that a cut is never taken for the whole. */
async function* jsonText<Row>({ sweep, pages }: Table<Row>): AsyncGenerator<string> {
  yield `{"sweep":${JSON.stringify(sweep)},"items":[`;
  let separator = "\n";
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    yield `${separator}${rows.map((row) => JSON.stringify(row)).join(",\n")}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}
