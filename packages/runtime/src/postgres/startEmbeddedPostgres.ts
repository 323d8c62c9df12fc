import { isAppError } from "@smoothsweep/contracts";
import { freePort } from "../network/freePort.ts";
import { type ClusterContext, DATABASE_NAME, initialiseCluster } from "./initialiseCluster.ts";
import { launchServer, type Server } from "./launchServer.ts";
import { stopOrphan } from "./orphan.ts";
import { alreadyRunning, claimOwnership, type Ownership } from "./ownership.ts";
import { findPostgresBinaries } from "./postgresBinaries.ts";
import { chooseServerAccount } from "./serverAccount.ts";
import { placesWithin, preparePlaces } from "./serverPlaces.ts";

export interface EmbeddedPostgresOptions {
  /** Folder for the database's files, for instance `.smoothsweep/postgres`; made when missing. */
  dataDirectory: string;
  /** Told every line that the server logs. */
  onLog?: (line: string) => void;
  /** Told what a person should know: data kept elsewhere, a server left behind, an account made. */
  onNotice?: (message: string) => void;
  /**
   * `full` (default) survives power failures. `relaxed` does not sync to disk: for tests only, data may be lost when
   * the machine (not just the process) goes down.
   */
  durability?: "full" | "relaxed";
}

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** Connection string with the password, for the database `smoothsweep`. */
  readonly url: string;
  /** TCP port on 127.0.0.1. */
  readonly port: number;
  /** Process number of the server. */
  readonly pid: number;
  /** Where the files really are; differs from the folder asked for when the server's account cannot go there. */
  readonly dataDirectory: string;
  /** Settles when the server has ended, also by itself. */
  readonly ended: Promise<void>;
  /** Stops the server and gives the folder up. Everything committed stays. Calling it again is harmless. */
  stop(): Promise<void>;
}

const PORT_TRIES = 5;

/**
 * Starts a PostgreSQL that needs no installation: on a free port of the loopback interface only, with a random
 * password, its data in the folder given. A later start finds the data again. Works as root (the server then runs as
 * the account `postgres`) and as an ordinary user.
 *
 * What happens when things break:
 * - the folder is in use by a living process: refused, naming that process and the address;
 * - the starter was killed and its server still runs: the server is stopped, its data recovered, a new one started;
 * - the server was killed: the new one recovers from the write-ahead log.
 *
 * @throws AppError `database_unavailable`; `context.reason` is `already_running` for a second start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDirectory, onNotice = () => undefined, durability = "full" } = options;
  const account = await chooseServerAccount(placesWithin(dataDirectory).cluster, onNotice);
  const [places, binaries] = await Promise.all([
    preparePlaces(dataDirectory, account, onNotice),
    findPostgresBinaries(account, onNotice),
  ]);
  const ownership = await claimOwnership(places.root, places.owner);
  try {
    await stopOrphan(places.cluster, onNotice);
    const context: ClusterContext = { binaries, places, account, isDurable: durability === "full" };
    const password = await initialiseCluster(context);
    const { server, port } = await launchOnFreePort(context, options.onLog ?? (() => undefined));
    await ownership.announce(`postgresql://${DATABASE_NAME}@127.0.0.1:${port}/${DATABASE_NAME}`);
    return {
      url: `postgresql://${DATABASE_NAME}:${password}@127.0.0.1:${port}/${DATABASE_NAME}`,
      port,
      pid: server.pid,
      dataDirectory: places.root,
      ended: server.ended,
      stop: onceOnly(() => stop(server, ownership)),
    };
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

/** Between finding a port free and listening on it somebody else may take it: then the next one is tried. */
async function launchOnFreePort(
  context: ClusterContext,
  onLog: (line: string) => void,
): Promise<{ server: Server; port: number }> {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const { account, isDurable } = context;
    const cluster = context.places.cluster;
    try {
      const server = await launchServer({
        program: context.binaries.postgres,
        cluster,
        port,
        account,
        isDurable,
        onLog,
      });
      return { server, port };
    } catch (error) {
      const failure = isAppError(error) ? error.context["failure"] : undefined;
      if (failure === "directory-taken") throw alreadyRunning(context.places.root, {});
      if (failure !== "port-taken" || tries === PORT_TRIES) throw error;
    }
  }
}

async function stop(server: Server, ownership: Ownership): Promise<void> {
  await server.stop();
  await ownership.release();
}

function onceOnly(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= action();
    return running;
  };
}
