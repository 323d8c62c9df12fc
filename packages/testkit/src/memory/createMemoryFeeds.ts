import { AppError, type SweepEvent, type SweepEventBody } from "@smoothsweep/contracts";
import type { EventFeed, RevocationFeed } from "@smoothsweep/sweeps";

/** The port {@link EventFeed} in memory, and what writes to it. */
export interface MemoryEventFeed extends EventFeed {
  /** Makes a sweep known. */
  create(sweepId: string): void;
  /** Events that commit together; subscribers are woken when the caller is done. @throws AppError `not_found` */
  append(sweepId: string, events: readonly SweepEventBody[]): void;
  /** Id of the sweep's newest event; 0 without one. @throws AppError `not_found` */
  newestId(sweepId: string): number;
  /** Makes a sweep unknown. */
  forget(sweepId: string): void;
}

/** @param now Milliseconds since 1970. */
export function createMemoryEventFeed(now: () => number = Date.now): MemoryEventFeed {
  const events = new Map<string, SweepEvent[]>();
  const wakers = createWakers<string>();
  const eventsOf = (sweepId: string) => {
    const found = events.get(sweepId);
    if (found === undefined) throw new AppError("not_found", `the sweep ${sweepId} does not exist`);
    return found;
  };
  return {
    create: (sweepId) => void events.set(sweepId, []),
    append: (sweepId, bodies) => {
      const written = eventsOf(sweepId);
      if (bodies.length === 0) return;
      const at = new Date(now()).toISOString();
      for (const body of bodies) written.push({ ...structuredClone(body), id: written.length + 1, sweepId, at });
      queueMicrotask(() => wakers.wake(sweepId));
    },
    newestId: (sweepId) => eventsOf(sweepId).length,
    forget: (sweepId) => void events.delete(sweepId),
    read: async (sweepId, afterId, limit) => structuredClone(eventsOf(sweepId).slice(afterId, afterId + limit)),
    subscribe: (sweepId, wake) => wakers.add((woken) => woken === sweepId && wake()),
  };
}

/** What processes share of the port {@link RevocationFeed} in memory. */
export interface MemoryRevocations {
  /** The feed of one more process. */
  join(): RevocationFeed;
  /** Claims of a sweep became void; undefined: of any, as after a lost connection. */
  revoke(sweepId: string | undefined): void;
}

export function createMemoryRevocations(): MemoryRevocations {
  const processes = createWakers<string | undefined>();
  return {
    join: () => {
      const own = createWakers<string | undefined>();
      const leave = processes.add(own.wake);
      return { subscribe: own.add, close: async () => leave() };
    },
    revoke: (sweepId) => queueMicrotask(() => processes.wake(sweepId)),
  };
}

interface Wakers<T> {
  /** @returns the way to stop it */
  add(wake: (what: T) => void): () => void;
  wake(what: T): void;
}

function createWakers<T>(): Wakers<T> {
  const wakers = new Set<(what: T) => void>();
  return {
    add: (wake) => {
      // Who subscribes twice is woken twice, and may stop once.
      const own = (what: T) => wake(what);
      wakers.add(own);
      return () => void wakers.delete(own);
    },
    wake: (what) => {
      for (const wake of [...wakers]) wake(what);
    },
  };
}
