import type { PlainVerb } from "@smoothsweep/client";
import { type Command, Option } from "commander";
import type { Terminal } from "../terminal/terminal.ts";
import { deleteCommand, extendCommand, type VerbFlags, verbCommand } from "./verbCommands.ts";

/** Verbs that need no more than the sweep, and what each is for. */
const plainVerbs: Readonly<Record<PlainVerb, string>> = {
  pause: "start no further trial; running ones finish",
  resume: "go on after a pause",
  stop: "let running trials finish, then end",
  cancel: "end now; running trials are aborted",
  retry: "take up failed and cancelled trials again",
  archive: "hide an ended sweep from the list",
  unarchive: "show an archived sweep again",
};

/** Adds a command for each thing that can be done to a sweep. @param options those of every command that asks the API */
export function addVerbCommands(program: Command, options: readonly Option[], terminal: Terminal): void {
  const add = (name: string, description: string) => {
    const command = program.command(`${name} <sweep>`).description(description);
    for (const option of options) command.addOption(option);
    return command.addOption(new Option("--json", "print the answer as JSON"));
  };
  for (const [verb, description] of Object.entries(plainVerbs) as [PlainVerb, string][]) {
    const command = add(verb, description);
    if (verb === "retry") command.alias("retry-failed");
    command.action((sweepId: string, flags: VerbFlags) => verbCommand(verb, { sweepId, flags }, terminal));
  }
  add("extend", "add seeds, or values of axes that the sweep has; results are kept")
    .option("--seeds <list>", "more seeds: 5,6,7")
    .option("--values <axis=list...>", "more values: smoothing.epsilon=0.3,0.4")
    .option("--dry-run", "say what would be added or why it is refused; add nothing")
    .action((sweepId, flags) => extendCommand(sweepId, flags, terminal));
  add("delete", "delete an ended sweep; without --confirm or --yes, say what would go")
    .addOption(new Option("--confirm <token>", "the token that the command without it prints").conflicts("yes"))
    .option("-y, --yes", "delete what is there now")
    .action((sweepId, flags) => deleteCommand(sweepId, flags, terminal));
}
