import { AppError, jobCatalogue, type TrainGroupJob } from "@smoothsweep/contracts";
import type { QueueConsumer, QueuedToken, TokenHandler, TrialQueue } from "@smoothsweep/sweeps";

interface Job {
  payload: TrainGroupJob;
  state: "waiting" | "taken" | "ended";
}

/** The port {@link TrialQueue} in memory, for one process. Jobs that have ended are kept, so that none is done twice. */
export function createMemoryQueue(): TrialQueue {
  const jobs = new Map<string, Job>();
  const pumps = new Set<() => void>();
  let isClosed = false;
  const waiting = () => [...jobs.values()].filter(({ state }) => state === "waiting");
  const foremost = () => waiting().toSorted((left, right) => priorityOf(left.payload) - priorityOf(right.payload))[0];
  const assertOpen = () => {
    if (isClosed) throw new AppError("queue_unavailable", "the queue is closed");
  };
  return {
    enqueue: async (tokens) => {
      assertOpen();
      for (const [id, payload] of tokens.map(entryOf)) {
        if (!jobs.has(id)) jobs.set(id, { payload, state: "waiting" });
      }
      for (const pump of pumps) pump();
    },
    consume: async (handler) => {
      assertOpen();
      return consume({ handler, foremost, pumps });
    },
    waiting: async () => {
      assertOpen();
      return waiting().length;
    },
    ping: async () => assertOpen(),
    close: async () => {
      isClosed = true;
    },
  };
}

function entryOf({ job, generation }: QueuedToken): [string, TrainGroupJob] {
  const payload = jobCatalogue["train-group"].schema.parse(job);
  return [`${payload.groupId} ${generation} ${payload.index}`, payload];
}

function priorityOf({ place, index }: TrainGroupJob): number {
  return place ?? index;
}

function consume({
  handler,
  foremost,
  pumps,
}: {
  handler: TokenHandler;
  foremost: () => Job | undefined;
  pumps: Set<() => void>;
}): QueueConsumer {
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  const pump = () => {
    const next = running === undefined && !closing.signal.aborted ? foremost() : undefined;
    if (next === undefined) return;
    next.state = "taken";
    running = run(next, handler).then(() => {
      running = undefined;
      for (const other of pumps) other();
    });
  };
  pumps.add(pump);
  pump();
  return {
    close: async () => {
      closing.abort();
      pumps.delete(pump);
      await running;
    },
  };
}

/** Nothing tells that a job failed, as the port says: the database knows what is left to do. */
async function run(job: Job, handler: TokenHandler): Promise<void> {
  try {
    const outcome = await handler(structuredClone(job.payload), new AbortController().signal);
    job.state = outcome === "again" ? "waiting" : "ended";
  } catch {
    job.state = "ended";
  }
}
