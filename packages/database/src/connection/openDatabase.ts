import { PrismaPg } from "@prisma/adapter-pg";
import { AppError } from "@smoothsweep/contracts";
import pg from "pg";
import { PrismaClient } from "../generated/client.ts";
import { impatientSocket } from "./impatientSocket.ts";

export interface DatabaseOptions {
  url: string;
  /** At most so many connections of this process. */
  connectionsMax?: number;
  /**
   * A statement that takes longer is ended by the server, and so is a transaction in which nothing is said for so long.
   * A connection without an answer after that is given up.
   */
  statementTimeoutMs?: number;
  /** How long a transaction may wait for us instead, when what it is read for may be slower than a statement. */
  idleInTransactionMs?: number;
}

/** An open connection pool, and Prisma on top of it. */
export interface Database {
  prisma: PrismaClient;
  pool: pg.Pool;
  url: string;
  /** @throws AppError `database_unavailable` */
  ping(): Promise<void>;
  /** Whether the server was started within the last so many ms, by its own clock. */
  hasStartedWithin(ms: number): Promise<boolean>;
  close(): Promise<void>;
}

/** What an answer may take on its way, on top of what a statement may take. */
const TRAVEL_MS = 2_000;
/** How long to wait for a connection when all are taken. */
const TURN_MS = 20_000;

/**
 * Every statement has an index that fits. What the planner knows of a sweep that was written a moment ago is wrong, and
 * then it reads whole tables for a few rows; so it is told not to.
 */
const PLANNER = "-c enable_seqscan=off -c random_page_cost=1.1";

/** Opens the pool; connections are made when they are needed. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, connectionsMax = 10, statementTimeoutMs = 15_000 } = options;
  const idleInTransactionMs = options.idleInTransactionMs ?? statementTimeoutMs;
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: TURN_MS,
    options: PLANNER,
    statement_timeout: statementTimeoutMs,
    // Our connections may break without a word: what they hold must not stay locked, and we must not wait for ever.
    idle_in_transaction_session_timeout: idleInTransactionMs,
    stream: () => impatientSocket(Math.max(statementTimeoutMs, idleInTransactionMs) + TRAVEL_MS),
  });
  // An idle connection that the server ends is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    url,
    ping: async () => {
      try {
        await pool.query("SELECT 1");
      } catch (cause) {
        throw new AppError("database_unavailable", "the database does not answer", { cause });
      }
    },
    hasStartedWithin: async (ms) => {
      const { rows } = await pool.query(
        "SELECT pg_postmaster_start_time() > now() - $1 * interval '1 millisecond' AS started",
        [ms],
      );
      return rows[0].started;
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** What reads, of Prisma or of one connection. */
export interface Reader {
  $queryRawUnsafe<T = unknown>(statement: string, ...values: unknown[]): PromiseLike<T>;
}

/** Raw SQL: on a connection inside of a transaction, or through Prisma outside of one. */
export interface Sql extends Reader {
  $queryRawUnsafe<T = unknown>(statement: string, ...values: unknown[]): Promise<T>;
  /** @returns how many rows were written */
  $executeRawUnsafe(statement: string, ...values: unknown[]): Promise<number>;
}
