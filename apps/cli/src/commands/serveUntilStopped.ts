import { AppError } from "@smoothsweep/contracts";
import { onTermination } from "@smoothsweep/runtime";
import type { Stack } from "../stack/startStack.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** From now on Ctrl-C ends the stack and then this process, within 5 s. */
export function stopOnCtrlC(stack: Stack, terminal: Terminal): void {
  onTermination(
    async () => {
      terminal.notice("\nstopping ...");
      await stack.stop();
    },
    { deadlineMs: 5_000 },
  );
}

/** Serves until Ctrl-C. @throws AppError `internal` when a service ends by itself */
export async function serveUntilStopped(stack: Stack): Promise<never> {
  const name = await stack.broken;
  throw new AppError("internal", `${name} ended unexpectedly`, { fix: `Read the logs in ${stack.logDirectory}` });
}
