import { isAppError } from "@smoothsweep/contracts";
import type { OutageLog } from "@smoothsweep/runtime";
import { isOutage } from "./retrying.ts";

/** The same port; whether its database is away or back is told to the log, whoever asked it for whatever. */
export function tellOutages<TPort extends object>(port: TPort, outage: OutageLog): TPort {
  const told = Object.entries(port).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      try {
        const answer = await (method as (...all: unknown[]) => unknown)(...args);
        outage.recovered();
        return answer;
      } catch (error) {
        if (isOutage(error)) outage.failed(error);
        // A refusal is an answer; what is unknown says nothing about the connection.
        else if (isAppError(error)) outage.recovered();
        throw error;
      }
    },
  ]);
  return Object.fromEntries(told) as TPort;
}
