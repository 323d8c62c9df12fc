import { AppError } from "@smoothsweep/contracts";
import { parseDocument } from "yaml";

const yamlTypes = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];
export const bodyTypes = ["application/json", ...yamlTypes];

/** A request body as a plain value: JSON, or YAML by its content type. */
export function parseBody(text: unknown, contentType: string | undefined): unknown {
  const mediaType = contentType?.split(";")[0]?.trim().toLowerCase();
  if (mediaType === undefined || !bodyTypes.includes(mediaType)) {
    throw new AppError(
      "unsupported_media_type",
      `the body must be JSON or YAML, got ${mediaType ?? "no content type"}`,
      {
        fix: `Send the header "Content-Type: application/json" or "Content-Type: application/yaml".`,
      },
    );
  }
  const source = typeof text === "string" ? text : "";
  const body = mediaType === "application/json" ? parseJson(source) : parseYaml(source);
  refuseDepth(body);
  return body;
}

/** Deeper than any specification; what is deeper, or contains itself, could not even be written into the answer. */
const DEPTH_MAX = 32;

function refuseDepth(body: unknown): void {
  const waiting: { value: unknown; depth: number }[] = [{ value: body, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth === DEPTH_MAX) throw new AppError("invalid_body", `the body must be nested at most ${DEPTH_MAX} deep`);
    for (const inner of Object.values(value)) waiting.push({ value: inner, depth: depth + 1 });
  }
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    throw new AppError("invalid_body", `the body is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function parseYaml(source: string): unknown {
  const document = parseDocument(source, { uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined)
    throw new AppError("invalid_body", `the body is not YAML: ${error.message}`, { cause: error });
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new AppError("invalid_body", `the body is not YAML: ${(cause as Error).message}`, { cause });
  }
}
