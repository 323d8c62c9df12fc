import { createClient } from "@smoothsweep/client";
import { Command, Option } from "commander";
import { finishSweep } from "../../api/test/finishSweep.ts";
import { blobsSpec, startTestApi } from "../../api/test/startTestApi.ts";
import { addVerbCommands } from "../src/commands/addVerbCommands.ts";
import { runProgram } from "../src/terminal/runProgram.ts";

/** What a command line came to. */
export interface Run {
  code: number;
  /** What it printed as its result, and what it said beside it. */
  printed: string;
  noticed: string;
}

/** The verbs' commands against an API on a database of its own; no worker runs. */
export async function openCommandLine() {
  const api = await startTestApi();
  const client = createClient({ baseUrl: api.url });

  /** Runs `smoothsweep ...args`. */
  async function run(...args: string[]): Promise<Run> {
    const told = { printed: "", noticed: "" };
    const note = (text: string) => {
      told.noticed += text;
    };
    const program = new Command("smoothsweep").exitOverride().configureOutput({ writeErr: note, writeOut: note });
    const terminal = {
      print: (text: string) => {
        told.printed += text;
      },
      notice: note,
      progress: () => ({ update: () => {}, note: () => {}, finish: () => {} }),
    };
    addVerbCommands(program, [new Option("--url <url>").default(api.url)], terminal);
    return { code: await runProgram(program, args, terminal), ...told };
  }

  /** A sweep of 8 trials, 6 distinct, that takes no results of others. */
  const submit = async (name: string) => {
    const { id } = await client.submitSweep(JSON.stringify(blobsSpec({ name, cache: "off" })));
    return id;
  };

  return {
    client,
    run,
    submit,
    /** Every trial gets a result, or fails for good. */
    finish: (sweepId: string, end?: "completed" | "failed") => finishSweep(api, sweepId, end),
    close: () => api.close(),
  };
}
