import type { PlainVerb } from "@smoothsweep/client";
import { AppError, type AxisValue } from "@smoothsweep/contracts";
import { formatBytes } from "@smoothsweep/runtime";
import type { Terminal } from "../terminal/terminal.ts";
import { clientOf, type RemoteFlags } from "./remoteCommands.ts";

/** Verbs with a command of their own, and what it is for. */
export const plainVerbs: Readonly<Record<PlainVerb, string>> = {
  pause: "start no further trial; running ones finish",
  resume: "go on after a pause",
  stop: "let running trials finish, then end",
  cancel: "end now; running trials are aborted",
  retry: "take up failed and cancelled trials again",
  archive: "hide an ended sweep from the list",
  unarchive: "show an archived sweep again",
};

/** `smoothsweep pause SWEEP` and its like: prints the sweep's state afterwards. */
export async function verbCommand(
  verb: PlainVerb,
  { sweepId, flags }: { sweepId: string; flags: RemoteFlags },
  terminal: Terminal,
): Promise<void> {
  const { state, isArchived, changed, trials } = await clientOf(flags).changeSweep(sweepId, verb);
  const effect = changed ? (trials > 0 ? `, ${trials} trials changed` : "") : ", nothing changed: it was so already";
  terminal.print(`${sweepId} is ${state}${isArchived ? ", archived" : ""}${effect}`);
}

export interface ExtendFlags extends RemoteFlags {
  seeds?: string;
  values?: string[];
}

/** `smoothsweep extend SWEEP --seeds 5,6 --values smoothing.epsilon=0.3,0.4`: adds trials. */
export async function extendCommand(sweepId: string, flags: ExtendFlags, terminal: Terminal): Promise<void> {
  const extension = { seeds: listOf(flags.seeds ?? "").map(Number), axes: axesOf(flags.values ?? []) };
  const { added, reused, state } = await clientOf(flags).extendSweep(sweepId, extension);
  terminal.print(`${sweepId} is ${state}, ${added} trials added, ${reused} of them with results of other sweeps`);
}

/** `smoothsweep delete SWEEP`: says what would go and how to confirm it; with the token, does it. */
export async function deleteCommand(
  sweepId: string,
  flags: RemoteFlags & { confirm?: string },
  terminal: Terminal,
): Promise<void> {
  const client = clientOf(flags);
  if (flags.confirm !== undefined) {
    await client.deleteSweep(sweepId, flags.confirm);
    terminal.print(`${sweepId} is deleted`);
    return;
  }
  const { name, trials, results, predictionBytes, confirm } = await client.previewDeletion(sweepId);
  terminal.print(
    `${sweepId} (${name}) has ${trials} trials, ${results} results and ${formatBytes(predictionBytes)} of predictions.`,
  );
  terminal.print(`To delete all that for good: smoothsweep delete ${sweepId} --confirm ${confirm}`);
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** `path=value,value` as axes; a value is JSON where it can be, else a text. */
function axesOf(options: readonly string[]): Record<string, AxisValue[]> {
  return Object.fromEntries(
    options.map((option) => {
      const [path, values] = option.split("=", 2);
      if (path === undefined || values === undefined) {
        throw new AppError("invalid_request", `\`--values\` must be path=value,value, got ${JSON.stringify(option)}`);
      }
      return [path, listOf(values).map(axisValue)];
    }),
  );
}

function axisValue(text: string): AxisValue {
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  return text === "true" || text === "false" ? text === "true" : text;
}
