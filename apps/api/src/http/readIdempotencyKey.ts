import { AppError } from "@smoothsweep/contracts";
import type { Request } from "express";

/** What clients make keys of: UUIDs, hashes, names. */
const key = /^[\x21-\x7e]{1,200}$/;

/** The header `Idempotency-Key`. @throws AppError `invalid_request` when it is no key */
export function readIdempotencyKey(request: Request): string | undefined {
  const given = request.get("Idempotency-Key");
  if (given === undefined || key.test(given)) return given;
  const message = `\`Idempotency-Key\` must be 1 to 200 visible ASCII characters without spaces, got ${JSON.stringify(given.slice(0, 60))}`;
  throw new AppError("invalid_request", message);
}
