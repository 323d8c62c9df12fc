import { type Health, openApiDocument } from "@smoothsweep/contracts";
import type { Handler } from "../http/handler.ts";

/** Something the API needs; rejects when it does not answer. */
export type Check = () => Promise<void>;

/** A service that hangs must not let the probe hang as well. */
const CHECK_DEADLINE_MS = 3_000;

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
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error(`no answer within ${CHECK_DEADLINE_MS} ms`);
    deadline = setTimeout(() => reject(error), CHECK_DEADLINE_MS);
  });
  try {
    await Promise.race([check(), late]);
    return [name, { ok: true }];
  } catch (error) {
    return [name, { ok: false, message: (error as Error).message }];
  } finally {
    clearTimeout(deadline);
  }
}

export function getOpenApi(version: string): Handler<"getOpenApi"> {
  const document = openApiDocument(version);
  return async () => ({ body: document });
}
