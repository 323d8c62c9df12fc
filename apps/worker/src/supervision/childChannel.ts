import type { ChildProcess } from "node:child_process";
import { AppError, type ChildMessage, type ChildRequest, childMessageSchema } from "@smoothsweep/contracts";

/** A child that is gone cannot be told anything; its exit is what counts. */
export function tell(child: ChildProcess, request: ChildRequest): void {
  if (child.connected) child.send(request, () => {});
}

/** Whether the process has ended, however it did. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/**
 * What a child said.
 * @throws Error that names the first field which breaks the protocol
 */
export function readMessage(raw: unknown): ChildMessage {
  const parsed = childMessageSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`the training process broke the protocol: ${issue?.path.join(".")} ${issue?.message}`);
}

/** The error of a child that ended by itself or was killed by somebody else. */
export function childExited(child: ChildProcess): AppError {
  const how = child.signalCode === null ? `with code ${child.exitCode}` : `by ${child.signalCode}`;
  return new AppError("child_exited", `the training process ended ${how}`);
}

/**
 * Calls `listener` when the child has ended and everything that it said before has been heard: the end of a process may
 * be noticed before its last messages are read. @returns the way to stop listening.
 */
export function onceSilent(child: ChildProcess, listener: () => void): () => void {
  const onExit = () => {
    if (child.connected) child.once("disconnect", listener);
    else listener();
  };
  child.once("exit", onExit);
  return () => child.off("exit", onExit).off("disconnect", listener);
}
