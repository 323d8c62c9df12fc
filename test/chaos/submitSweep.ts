import { setTimeout as delay } from "node:timers/promises";
import type { SweepSpecInput } from "@smoothsweep/contracts";

const PATIENCE_MS = 60_000;
const PAUSE_MS = 200;
const ATTEMPT_MS = 10_000;

export interface Submission {
  spec: SweepSpecInput;
  /** Absent: only the specification says that it is the same submission. */
  key?: string;
  ifSame: "join" | "duplicate";
}

/**
 * Submits as a careful client does: again until there is an answer.
 * @param url Address of the API.
 * @returns The sweep's id.
 * @throws Error what the API refused
 */
export async function submitSweep(url: string, submission: Submission): Promise<string> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await post(url, submission).catch(() => undefined);
    if (answer?.ok) return ((await answer.json()) as { id: string }).id;
    const isFinal = answer !== undefined && answer.status < 500 && answer.status !== 429;
    if (isFinal || performance.now() > giveUpAt) {
      throw new Error(`the API refused a sweep: ${answer?.status} ${await answer?.text()}`);
    }
    await delay(PAUSE_MS);
  }
}

function post(url: string, { spec, key, ifSame }: Submission): Promise<Response> {
  return fetch(`${url}/api/v1/sweeps?ifSame=${ifSame}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key !== undefined && { "idempotency-key": key }) },
    body: JSON.stringify(spec),
    signal: AbortSignal.timeout(ATTEMPT_MS),
  });
}
