import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  AppError,
  type ChildMessage,
  type ChildRequest,
  childMessageSchema,
  type EngineChoice,
  type EngineInfo,
  type ErrorCode,
  errorCodes,
  type TrainPackRequest,
} from "@smoothsweep/contracts";

export interface TrainingProcessOptions {
  engine: EngineChoice;
  cacheDirectory: string;
  datasetsDirectory: string | undefined;
  /** A child that says nothing for so long while it trains is killed. */
  progressDeadlineMs: number;
  /** Entry of the child; tests give another one. */
  entry?: string;
}

/** Messages that concern one trial of the running pack. */
export type PackMessage = Extract<ChildMessage, { kind: "epoch" | "result" | "failed" }>;

/** A training child, started and proven. */
export interface TrainingProcess {
  readonly pid: number;
  readonly engine: EngineInfo;
  readonly packCapacity: number;
  /** Whether it can take another pack. */
  readonly isAlive: boolean;
  /**
   * Trains a pack. Resolves when the child is done with it, aborted or not.
   * @throws AppError `training_stalled`, `child_exited`
   */
  train(request: TrainPackRequest, onMessage: (message: PackMessage) => void, signal: AbortSignal): Promise<void>;
  /** Ends the child: asks first, then kills. */
  close(): Promise<void>;
}

const START_DEADLINE_MS = 60_000;
/** A child that was told to abort and does not within this is killed. */
const ABORT_GRACE_MS = 2_000;
const CLOSE_GRACE_MS = 1_000;

/** Starts a training child and waits until its engine has proven itself. @throws AppError what made it unfit */
export async function startTrainingProcess(options: TrainingProcessOptions): Promise<TrainingProcess> {
  const entry = options.entry ?? fileURLToPath(new URL("../trainingChild.js", import.meta.url));
  const args = [options.engine, options.cacheDirectory, options.datasetsDirectory ?? ""];
  const child = fork(entry, args, { serialization: "advanced", stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const ready = await firstMessage(child);
  return {
    pid: child.pid ?? 0,
    engine: ready.engine,
    packCapacity: ready.packCapacity,
    get isAlive() {
      return child.connected && child.exitCode === null && child.signalCode === null;
    },
    train: (request, onMessage, signal) =>
      trainIn(child, { request, onMessage, signal, progressDeadlineMs: options.progressDeadlineMs }),
    close: () => close(child),
  };
}

function firstMessage(child: ChildProcess): Promise<Extract<ChildMessage, { kind: "ready" }>> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      child.removeAllListeners("message").removeAllListeners("exit");
      settle();
    };
    const fail = (error: AppError) => {
      child.kill("SIGKILL");
      end(() => reject(error));
    };
    const timer = setTimeout(
      () => fail(new AppError("training_stalled", `the training process did not start in ${START_DEADLINE_MS} ms`)),
      START_DEADLINE_MS,
    );
    child.once("exit", (code, signal) => fail(exited(code, signal)));
    child.once("message", (raw) => {
      const message = childMessageSchema.parse(raw);
      if (message.kind === "ready") return end(() => resolve(message));
      if (message.kind === "unfit") return fail(new AppError(knownCode(message.code), message.message));
      fail(new AppError("internal", `the training process began with ${message.kind}`));
    });
  });
}

interface TrainIn {
  request: TrainPackRequest;
  onMessage: (message: PackMessage) => void;
  signal: AbortSignal;
  progressDeadlineMs: number;
}

function trainIn(child: ChildProcess, { request, onMessage, signal, progressDeadlineMs }: TrainIn): Promise<void> {
  const { packId } = request;
  return new Promise((resolve, reject) => {
    let killedBecause: AppError | undefined;
    const kill = (code: ErrorCode, message: string) => {
      killedBecause ??= new AppError(code, message);
      child.kill("SIGKILL");
    };
    const deadline = setTimeout(
      () => kill("training_stalled", `training said nothing for ${progressDeadlineMs} ms`),
      progressDeadlineMs,
    );
    let grace: NodeJS.Timeout | undefined;
    const abort = () => {
      tell(child, { kind: "abort", packId });
      grace = setTimeout(() => kill("aborted", `training ignored the abort for ${ABORT_GRACE_MS} ms`), ABORT_GRACE_MS);
    };
    const end = (error?: AppError) => {
      clearTimeout(deadline);
      clearTimeout(grace);
      signal.removeEventListener("abort", abort);
      child.off("message", receive).off("exit", onExit);
      if (error === undefined) resolve();
      else reject(error);
    };
    const receive = (raw: unknown) => {
      deadline.refresh();
      const message = childMessageSchema.parse(raw);
      if (!("packId" in message) || message.packId !== packId) return;
      if (message.kind === "done") end();
      else if (message.kind !== "progress") onMessage(message);
    };
    const onExit = (code: number | null, killedBy: NodeJS.Signals | null) =>
      end(killedBecause ?? exited(code, killedBy));
    child.on("message", receive).once("exit", onExit);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    tell(child, request);
  });
}

/** A child that is gone cannot be told anything; its exit is what counts. */
function tell(child: ChildProcess, request: ChildRequest): void {
  if (child.connected) child.send(request, () => {});
}

function exited(code: number | null, signal: NodeJS.Signals | null): AppError {
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  return new AppError("child_exited", `the training process ended ${how}`);
}

function knownCode(code: string): ErrorCode {
  return code in errorCodes ? (code as ErrorCode) : "internal";
}

function close(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), CLOSE_GRACE_MS);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    tell(child, { kind: "shutdown" });
  });
}
