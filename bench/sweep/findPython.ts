import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A Python that has what the peers need. */
export interface Python {
  readonly path: string;
  readonly torch: string;
  /** Null where Optuna or its PostgreSQL driver is missing. */
  readonly optuna: string | null;
}

const PROBE = `
import torch
try:
    import optuna, psycopg2
    print(torch.__version__, optuna.__version__)
except ImportError:
    print(torch.__version__)
`;

async function probe(path: string): Promise<Python | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ["-c", PROBE]);
    const [torch = "", optuna = null] = stdout.trim().split(" ");
    return { path, torch, optuna };
  } catch {
    return undefined;
  }
}

/**
 * The Python to run the peers with: the one asked for, else the first of the one on PATH and Debian's that has torch.
 * @throws Error when the one asked for has no torch
 */
export async function findPython(asked: string | undefined): Promise<Python | undefined> {
  if (asked !== undefined) {
    const found = await probe(asked);
    if (found) return found;
    throw new Error(`${asked} is no Python with torch`);
  }
  for (const path of ["python3", "/usr/bin/python3"]) {
    const found = await probe(path);
    if (found) return found;
  }
  return undefined;
}
