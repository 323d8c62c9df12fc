import { setTimeout as delay } from "node:timers/promises";
import { openDatabase } from "@smoothsweep/database";

/** Reads the truth past every proxy. */
export interface Probe {
  /** Rows of a statement; waits while the database is away. */
  rows<TRow>(statement: string, parameters?: readonly unknown[]): Promise<TRow[]>;
  /** The same without waiting: undefined while the database is away. */
  rowsNow<TRow>(statement: string, parameters?: readonly unknown[]): Promise<TRow[] | undefined>;
  close(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/** Codes of a database that is away for now: of the system, and PostgreSQL's classes 08 and 57P. */
const away = /^(E[A-Z]+|08\w{3}|57P\d\d)$/;

/** Opens a probe; connections are made when they are needed. */
export function openProbe(url: string): Probe {
  const database = openDatabase({ url, connectionsMax: 3 });
  const ask = async <TRow>(statement: string, parameters: readonly unknown[], patienceMs: number) => {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      try {
        const { rows } = await database.pool.query(statement, [...parameters]);
        return rows as TRow[];
      } catch (error) {
        if (!isAway(error)) throw error;
        if (performance.now() > giveUpAt) return undefined;
        await delay(PAUSE_MS);
      }
    }
  };
  return {
    rows: async <TRow>(statement: string, parameters: readonly unknown[] = []) => {
      const rows = await ask<TRow>(statement, parameters, PATIENCE_MS);
      if (rows === undefined) throw new Error(`the database was away for ${PATIENCE_MS} ms`);
      return rows;
    },
    rowsNow: <TRow>(statement: string, parameters: readonly unknown[] = []) => ask<TRow>(statement, parameters, 0),
    close: () => database.close(),
  };
}

function isAway(error: unknown): boolean {
  const { code, message = "" } = error as { code?: string; message?: string };
  return (code !== undefined && away.test(code)) || /Connection terminated/.test(message);
}
