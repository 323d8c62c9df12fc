import { type PlainVerb, readExtension } from "@smoothsweep/client";
import { AppError } from "@smoothsweep/contracts";
import { formatBytes } from "@smoothsweep/runtime";
import type { Terminal } from "../terminal/terminal.ts";
import { clientOf, type RemoteFlags } from "./remoteCommands.ts";

/** Options of every verb. */
export interface VerbFlags extends RemoteFlags {
  /** Print the API's answer as JSON. */
  json?: boolean;
}

/** `smoothsweep pause SWEEP` and its like: prints the sweep's state afterwards. */
export async function verbCommand(
  verb: PlainVerb,
  { sweepId, flags }: { sweepId: string; flags: VerbFlags },
  terminal: Terminal,
): Promise<void> {
  const answer = await clientOf(flags).changeSweep(sweepId, verb);
  const { state, isArchived, changed, trials } = answer;
  const unchanged = verb === "retry" ? "no trial has failed or was cancelled" : "it was so already";
  const effect = changed ? (trials > 0 ? `, ${trials} trials changed` : "") : `, nothing changed: ${unchanged}`;
  say(flags, { sweepId, ...answer }, `${sweepId} is ${state}${isArchived ? ", archived" : ""}${effect}`, terminal);
}

export interface ExtendFlags extends VerbFlags {
  seeds?: string;
  values?: string[];
  /** Say what would be added, and add nothing. */
  dryRun?: boolean;
}

/** `smoothsweep extend SWEEP --seeds 5,6 --values smoothing.epsilon=0.3,0.4`: adds trials. */
export async function extendCommand(sweepId: string, flags: ExtendFlags, terminal: Terminal): Promise<void> {
  const extension = readExtension({ seeds: flags.seeds ?? "", axes: (flags.values ?? []).map(pathAndValues) });
  if (extension.seeds.length === 0 && Object.keys(extension.axes).length === 0) {
    throw new AppError("invalid_request", "`extend` must be given `--seeds` or `--values`, got neither", {
      fix: "For example --seeds 5,6 or --values smoothing.epsilon=0.3,0.4.",
    });
  }
  const client = clientOf(flags);
  if (flags.dryRun === true) {
    const answer = await client.previewExtension(sweepId, extension);
    const { added, distinct, reusable } = answer;
    const text = `${sweepId} would get ${added} trials, ${distinct} of them distinct, ${reusable} with results in other sweeps`;
    return say(flags, { sweepId, ...answer }, text, terminal);
  }
  const answer = await client.extendSweep(sweepId, extension);
  const { added, reused, state, changed } = answer;
  const effect = changed
    ? `${added} trials added, ${reused} of them with results of other sweeps`
    : "nothing changed: it has these trials already";
  say(flags, { sweepId, ...answer }, `${sweepId} is ${state}, ${effect}`, terminal);
}

export interface DeleteFlags extends VerbFlags {
  confirm?: string;
  /** Delete what is there now, without a look at it first. */
  yes?: boolean;
}

/** `smoothsweep delete SWEEP`: says what would go and how to confirm it; with the token or `--yes`, does it. */
export async function deleteCommand(sweepId: string, flags: DeleteFlags, terminal: Terminal): Promise<void> {
  const client = clientOf(flags);
  const preview = flags.confirm === undefined ? await client.previewDeletion(sweepId) : undefined;
  if (preview !== undefined && flags.yes !== true) {
    const { name, trials, results, predictionBytes, confirm } = preview;
    const text = [
      `${sweepId} (${name}) has ${trials} trials, ${results} results and ${formatBytes(predictionBytes)} of predictions.`,
      `To delete all that for good: smoothsweep delete ${sweepId} --confirm ${confirm}`,
    ].join("\n");
    return say(flags, preview, text, terminal);
  }
  await client.deleteSweep(sweepId, flags.confirm ?? preview?.confirm ?? "");
  say(flags, { deleted: sweepId }, `${sweepId} is deleted`, terminal);
}

/** An answer, for a person or for a program. */
function say({ json }: VerbFlags, answer: object, text: string, terminal: Terminal): void {
  terminal.print(json === true ? JSON.stringify(answer, null, 2) : text);
}

/** `smoothing.epsilon=0.3,0.4` in its two parts. */
function pathAndValues(option: string): [path: string, values: string] {
  const at = option.indexOf("=");
  const [path, values] = [option.slice(0, Math.max(0, at)).trim(), option.slice(at + 1)];
  if (path !== "" && values.trim() !== "") return [path, values];
  throw new AppError("invalid_request", `\`--values\` must be axis=value,value, got ${JSON.stringify(option)}`, {
    fix: "For example --values smoothing.epsilon=0.3,0.4.",
  });
}
