import type { ChildProcess } from "node:child_process";
import { AppError, type ChildMessage, type ErrorCode, errorCodes, toAppError } from "@smoothsweep/contracts";
import { childExited, onceSilent, readMessage } from "./childChannel.ts";

const START_DEADLINE_MS = 60_000;

export type ReadyMessage = Extract<ChildMessage, { kind: "ready" }>;

/**
 * Waits for a new child's first message. A child that cannot serve, or that is no longer wanted, is killed.
 * @throws AppError why it cannot serve; `aborted`
 */
export function awaitReady(child: ChildProcess, signal?: AbortSignal): Promise<ReadyMessage> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      child.off("message", receive).off("error", onError);
      stopListening();
      settle();
    };
    const fail = (error: AppError) => {
      child.kill("SIGKILL");
      end(() => reject(error));
    };
    const receive = (raw: unknown) => {
      try {
        const message = readReady(raw);
        end(() => resolve(message));
      } catch (error) {
        fail(toAppError(error));
      }
    };
    const onAbort = () => fail(new AppError("aborted", "the training process is no longer needed"));
    const onError = (error: Error) => fail(toAppError(error, "child_exited"));
    const timer = setTimeout(
      () => fail(new AppError("training_stalled", `the training process did not start in ${START_DEADLINE_MS} ms`)),
      START_DEADLINE_MS,
    );
    const stopListening = onceSilent(child, () => fail(childExited(child)));
    child.once("message", receive).once("error", onError);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}

function readReady(raw: unknown): ReadyMessage {
  const message = readMessage(raw);
  if (message.kind === "ready") return message;
  if (message.kind === "unfit") throw new AppError(knownCode(message.code), message.message);
  throw new AppError("internal", `the training process began with ${message.kind}`);
}

function knownCode(code: string): ErrorCode {
  return Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : "internal";
}
