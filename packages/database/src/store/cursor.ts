import { AppError } from "@smoothsweep/contracts";

/** A position in a list as an opaque text: clients hand it back unread. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** @throws AppError `invalid_request` when the text is no cursor of `length` parts. */
export function decodeCursor(cursor: string, length: number): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === "string"))
      return parts;
  } catch {
    // Falls through: text that is no JSON is no cursor.
  }
  throw invalidCursor();
}

/** @throws AppError `invalid_request` when the text is no cursor of one ordinal. */
export function decodeOrdinal(cursor: string): number {
  const ordinal = Number(decodeCursor(cursor, 1)[0]);
  if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= 2 ** 31) throw invalidCursor();
  return ordinal;
}

/** The error of a cursor whose parts are none that we made. */
export function invalidCursor(): AppError {
  return new AppError("invalid_request", "`cursor` must be a nextCursor of an earlier page");
}
