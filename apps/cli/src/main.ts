#!/usr/bin/env node
import { engineChoiceSchema, engineNames, exportContents, exportFormats } from "@smoothsweep/contracts";
import { productVersion, readEnvironment } from "@smoothsweep/runtime";
import { installableEngines, installationSources } from "@smoothsweep/training/installation";
import { Command, InvalidArgumentError, Option } from "commander";
import { addVerbCommands } from "./commands/addVerbCommands.ts";
import { backupCommand, restoreCommand } from "./commands/backupCommands.ts";
import { doctorCommand } from "./commands/doctorCommand.ts";
import { installEngineCommand, listEnginesCommand, removeEngineCommand } from "./commands/engineCommands.ts";
import { exportCommand } from "./commands/exportCommand.ts";
import { submitCommand, watchCommand } from "./commands/remoteCommands.ts";
import { runCommand, upCommand } from "./commands/runCommand.ts";
import { DEFAULT_PORT } from "./stack/choosePort.ts";
import { runProgram } from "./terminal/runProgram.ts";
import { terminal } from "./terminal/terminal.ts";

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`must be a whole number in [${min}, ${max}], got ${text}.`);
  };
}

const environment = readEnvironment();
const engineOption = new Option("--engine <name>", "where tensors run")
  .choices(engineChoiceSchema.options)
  .default("auto");
const workersOption = new Option("--workers <n>", "worker processes (default: one a core, at most 4)").argParser(
  wholeNumber(1, 256),
);
const portOption = new Option(
  "--port <n>",
  `port of API and dashboard (default: ${DEFAULT_PORT}, or a free one)`,
).argParser(wholeNumber(0, 65_535));
const dataOption = new Option("--data-directory <path>", "where database and logs are kept (default: .smoothsweep)");
const urlOption = new Option("--url <url>", "address of the API").default(
  environment["SMOOTHSWEEP_API_URL"] ?? `http://127.0.0.1:${DEFAULT_PORT}`,
);
const keyOption = new Option("--api-key <key>", "API key (or SMOOTHSWEEP_API_KEY)").env("SMOOTHSWEEP_API_KEY");
const ifSameOption = new Option("--if-same <what>", "when the same specification is there already")
  .choices(["join", "duplicate", "refuse"])
  .default("join");
const jsonOption = new Option("--json <file>", "also write every trial's result as JSON");

const program = new Command("smoothsweep")
  .description("Label-smoothing sweeps: accuracy against calibration")
  .version(productVersion)
  // Commands that are added from here on take it over: nothing ends the process but the last line.
  .exitOverride();

program
  .command("up")
  .description("start PostgreSQL, API, dashboard and workers on this machine")
  .addOption(engineOption)
  .addOption(workersOption)
  .addOption(portOption)
  .addOption(dataOption)
  .action((flags) => upCommand(flags, terminal));

program
  .command("run <file>")
  .description("start everything, run one sweep, print its results and serve on")
  .addOption(engineOption)
  .addOption(workersOption)
  .addOption(portOption)
  .addOption(dataOption)
  .addOption(jsonOption)
  .addOption(ifSameOption)
  .option("--exit", "end after the results")
  .action((file, flags) => runCommand(file, flags, terminal));

program
  .command("submit <file>")
  .description("submit a sweep (YAML or JSON) to a running API")
  .addOption(ifSameOption)
  .addOption(urlOption)
  .addOption(keyOption)
  .action((file, flags) => submitCommand(file, flags, terminal));

program
  .command("watch <sweep>")
  .description("follow a sweep until it ends and print its results")
  .addOption(urlOption)
  .addOption(keyOption)
  .addOption(jsonOption)
  .action((sweepId, flags) => watchCommand(sweepId, flags, terminal));

program
  .command("export <sweep>")
  .description("write a sweep as it is now, whole, as a table or as JSON")
  .addOption(new Option("--what <rows>", "what a row is").choices(exportContents).default("trials"))
  .addOption(new Option("--format <format>", "how it is written").choices(exportFormats).default("csv"))
  .option("--out <file>", "where to (default: standard output); there when it is whole, replacing what was there")
  .addOption(urlOption)
  .addOption(keyOption)
  .action((sweepId, flags) => exportCommand(sweepId, flags));

program
  .command("backup <file>")
  .description("write all sweeps and results into one file, also while they run")
  .addOption(dataOption)
  .addOption(
    new Option("--form <form>", "default: pg_dump where one is new enough, or else smoothsweep's own").choices([
      "smoothsweep",
      "pg_dump",
    ]),
  )
  .action((file, flags) => backupCommand(file, flags, terminal));

program
  .command("restore <file>")
  .description("put a backup into a database without sweeps (DATABASE_URL, or a new --data-directory)")
  .addOption(dataOption)
  .action((file, flags) => restoreCommand(file, flags, terminal));

program
  .command("doctor")
  .description("try every engine, and say what this machine lacks")
  .option("--json", "print JSON")
  .addOption(dataOption)
  .action(async (flags) => {
    if (!(await doctorCommand(flags, terminal))) process.exit(1);
  });

addVerbCommands(program, [urlOption, keyOption], terminal);

const engines = program.command("engines").description("where tensors run");
engines
  .command("list")
  .description(`what there is of ${engineNames.join(", ")}`)
  .action(() => listEnginesCommand(terminal));
engines
  .command("install")
  .description("install a native engine into the cache, once for all clones")
  .addArgument(program.createArgument("<engine>", "which engine").choices(installableEngines))
  .addOption(
    new Option(
      "--from <source>",
      "TensorFlow's Python wheel (default where there is one), or npm's package and what it fetches itself",
    ).choices(installationSources),
  )
  .action((engine, flags) => installEngineCommand(engine, flags, terminal));
engines
  .command("remove")
  .description("remove what `engines install` has put into the cache")
  .addArgument(program.createArgument("<engine>", "which engine").choices(installableEngines))
  .action((engine) => removeEngineCommand(engine, terminal));

process.exit(await runProgram(program, process.argv.slice(2), terminal));
