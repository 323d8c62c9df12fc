import type { ChildProcess } from "node:child_process";
import { AppError, type ChildMessage, type ErrorCode, type TrainPackRequest } from "@smoothsweep/contracts";
import { childExited, hasEnded, onceSilent, readMessage, tell } from "./childChannel.ts";
import { watchSilence } from "./watchSilence.ts";

/** Messages that concern trials of the running pack. */
export type PackMessage = Extract<ChildMessage, { kind: "epoch" | "result" | "failed" | "note" }>;

/** A child that was told to abort and does not within this is killed. */
const ABORT_GRACE_MS = 2_000;

export interface TrainIn {
  request: TrainPackRequest;
  onMessage: (message: PackMessage) => void;
  signal: AbortSignal;
  /** The child is killed when it says nothing for so long, or for ten times its slowest batch. */
  progressDeadlineMs: number;
}

/** How a pack left the child. */
export interface Trained {
  /** Resident memory of the child after the pack. */
  memoryBytes: number;
}

/**
 * Trains a pack in a child and resolves when the child is done with it.
 * @throws AppError `training_stalled`, `training_failed` (the child broke the protocol), `aborted` (it ignored the
 *   abort), `engine_broken` (it said that its engine is not sound any more): then it was killed; `child_exited`
 */
export async function trainIn(child: ChildProcess, options: TrainIn): Promise<Trained> {
  // It may have died since it was last seen alive; then no exit would ever be heard of.
  if (hasEnded(child)) throw childExited(child);
  const { request, signal, progressDeadlineMs } = options;
  const guard = killer(child);
  const deadline = watchSilence(progressDeadlineMs, (waitedMs) =>
    guard.kill("training_stalled", `training said nothing for ${Math.round(waitedMs)} ms`),
  );
  let grace: NodeJS.Timeout | undefined;
  const abort = () => {
    tell(child, { kind: "abort", packId: request.packId });
    const message = `training ignored the abort for ${ABORT_GRACE_MS} ms`;
    grace = setTimeout(() => guard.kill("aborted", message), ABORT_GRACE_MS);
  };
  try {
    const done = conversation(child, { ...options, guard, onSign: deadline.heard });
    tell(child, request);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    return await done;
  } finally {
    deadline.stop();
    clearTimeout(grace);
    signal.removeEventListener("abort", abort);
  }
}

interface Guard {
  kill(code: ErrorCode, message: string): void;
  /** Why we killed the child; undefined when we did not. */
  reason(): AppError | undefined;
}

function killer(child: ChildProcess): Guard {
  let reason: AppError | undefined;
  return {
    kill: (code, message) => {
      reason ??= new AppError(code, message);
      child.kill("SIGKILL");
    },
    reason: () => reason,
  };
}

type Conversation = TrainIn & { guard: Guard; onSign: () => void };

/** Hands on what the child says of this pack until it is done or gone. */
function conversation(child: ChildProcess, { request, onMessage, guard, onSign }: Conversation): Promise<Trained> {
  return new Promise((resolve, reject) => {
    const receive = (raw: unknown) => {
      // A killed child may still be heard; what it says counts no more.
      if (guard.reason() !== undefined) return;
      onSign();
      try {
        const message = readMessage(raw);
        if (!("packId" in message) || message.packId !== request.packId) return;
        if (message.kind === "done") end(() => resolve({ memoryBytes: message.memoryBytes }));
        else if (message.kind === "broken") guard.kill("engine_broken", `the engine broke: ${message.message}`);
        else if (message.kind !== "progress") onMessage(message);
      } catch (error) {
        guard.kill("training_failed", (error as Error).message);
      }
    };
    const end = (settle: () => void) => {
      child.off("message", receive);
      stopListening();
      settle();
    };
    const stopListening = onceSilent(child, () => end(() => reject(guard.reason() ?? childExited(child))));
    child.on("message", receive);
  });
}
