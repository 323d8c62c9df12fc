import { type Health, openApiDocument } from "@smoothsweep/contracts";
import type { Handler } from "../http/handler.ts";

/** Something the API needs; rejects when it does not answer. */
export type Check = () => Promise<void>;

/** 200 when everything answers, else 503 with what does not. */
export function getHealth(version: string, checks: Readonly<Record<string, Check>>): Handler<"getHealth"> {
  return async () => {
    const results = await Promise.all(Object.entries(checks).map(runCheck));
    const isOk = results.every(([, { ok }]) => ok);
    const body: Health = { status: isOk ? "ok" : "unavailable", version, checks: Object.fromEntries(results) };
    return { body, status: isOk ? 200 : 503 };
  };
}

async function runCheck([name, check]: [string, Check]): Promise<[string, Health["checks"][string]]> {
  try {
    await check();
    return [name, { ok: true }];
  } catch (error) {
    return [name, { ok: false, message: (error as Error).message }];
  }
}

export function getOpenApi(version: string): Handler<"getOpenApi"> {
  const document = openApiDocument(version);
  return async () => ({ body: document });
}
