/** A value of a table; null is an empty field. */
export type CsvValue = string | number | boolean | null;

/**
 * One record of RFC 4180 with its line end. Numbers are written in full: read again, they are the same. Spreadsheets run
 * text that begins like a formula, so it gets an apostrophe in front, as OWASP advises; numbers never do.
 */
export function csvRecord(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(",")}\r\n`;
}

function csvField(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
