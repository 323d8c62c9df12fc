import { AppError } from "@smoothsweep/contracts";
import type { Request } from "express";

/** What every id of ours looks like: `swp_01k9...`. */
const id = /^[\w-]{1,100}$/;

/** The parameters of a path. @throws AppError `not_found` when one cannot be an id, such as a text with a zero byte. */
export function readParams(request: Request): Record<string, string> {
  const params = request.params as Record<string, string>;
  for (const [name, value] of Object.entries(params)) {
    if (!id.test(value)) throw new AppError("not_found", `\`${name}\` names nothing, got ${JSON.stringify(value)}`);
  }
  return params;
}
