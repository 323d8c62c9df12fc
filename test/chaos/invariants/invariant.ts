import type { Probe } from "../stack/probe.ts";
import type { ProcessInfo } from "../stack/processes.ts";
import type { Watch } from "../watchEvents.ts";
import type { ResultDigests } from "./readResultDigests.ts";

/** What is known after a schedule, when every service has been told to end. */
export interface Aftermath {
  /** The database, which is the truth. */
  probe: Probe;
  /** Results of an undisturbed run. */
  reference: ResultDigests | undefined;
  /** How many different submissions there were: each must have made one sweep. */
  submissions: number;
  /** A client of the event stream. */
  watch: Pick<Watch, "sweepId" | "ids" | "outcome">;
  /** Workers that did not say that they live when everything was over. */
  silentWorkers: readonly string[];
  /** Services that had to be killed because they did not end when told. */
  unstoppable: readonly string[];
  /** Processes of the stack that are still there. */
  leftovers: readonly ProcessInfo[];
}

/** What must hold after any faults. One file each. */
export interface Invariant {
  readonly title: string;
  /** What breaks it, a line each; nothing when it holds. */
  violations(aftermath: Aftermath): Promise<string[]>;
}

/** A violation told by a statement: each row it returns is one. */
export async function rowsAsViolations(probe: Probe, title: string, statement: string): Promise<string[]> {
  const rows = await probe.rows<Record<string, unknown>>(statement);
  return rows.map((row) => `${title}: ${JSON.stringify(row)}`);
}
