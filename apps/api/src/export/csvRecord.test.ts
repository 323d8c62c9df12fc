import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRecord } from "./csvRecord.ts";

/** Fields of a record as any reader of RFC 4180 sees them. */
function fieldsOf(record: string): string[] {
  const fields = [...record.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gs)];
  return fields.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

describe("csvRecord", () => {
  it("ends a record with CRLF, quotes what must be quoted, and leaves the rest alone", () => {
    expect(csvRecord(["a b", 'say "no"', "x,y", "two\r\nlines", null, true])).toBe(
      'a b,"say ""no""","x,y","two\r\nlines",,true\r\n',
    );
  });

  it("writes every number so that it is read as the same number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(fieldsOf(csvRecord(["first", value]))[1]) === value).toBe(true);
      }),
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("lets no spreadsheet run the text %j", (text) => {
    expect(fieldsOf(csvRecord(["first", text]))[1]).toBe(`'${text}`);
  });

  it("never changes a number for that: below zero it stays a number", () => {
    expect(csvRecord([-0.5, -1e-7])).toBe("-0.5,-1e-7\r\n");
  });

  it("gives back any text that does not begin like a formula", () => {
    const text = fc.string({ unit: "grapheme" }).filter((candidate) => !/^[=+\-@\t\r]/.test(candidate));
    fc.assert(
      fc.property(text, (value) => {
        expect(fieldsOf(csvRecord(["first", value, 1]))[1]).toBe(value);
      }),
    );
  });
});
