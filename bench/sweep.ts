import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureDataset } from "@smoothsweep/datasets";
import { cacheDirectory, readEnvironment } from "@smoothsweep/runtime";
import { probeEngines } from "@smoothsweep/training/installation";
import { parse, stringify } from "yaml";
import { compareWithPeer, isWithinTolerance, type PeerCell } from "./sweep/agreement.ts";
import { childCpuSeconds } from "./sweep/childCpuSeconds.ts";
import { findPython } from "./sweep/findPython.ts";
import type { OwnOutcome, SweepOutcome } from "./sweep/outcome.ts";
import { type PeerOptions, runOptuna, runPackedTorch } from "./sweep/pythonContestants.ts";
import { renderAgreement, renderOutcomes } from "./sweep/renderOutcomes.ts";
import { runSmoothsweep } from "./sweep/smoothsweepContestant.ts";

/*
 * The standard sweep through the whole product, and the same work by Optuna and PyTorch where a Python has them:
 *
 *   npm run bench -- sweep [--engine NAME]... [--rounds N] [--epochs N] [--workers N] [--python PATH] [--peers DIR] [--only TEXT]
 *
 * Contestants take turns, every other round in reverse order; compare ratios within one run. With the standard 20 epochs
 * accuracy and calibration are compared with the peer's stored results; a difference beyond seed noise is a failure.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const STANDARD_EPOCHS = 20;

interface Contestant {
  readonly name: string;
  readonly run: () => Promise<OwnOutcome>;
}

function readOptions(programArguments: string[]) {
  const { values } = parseArgs({
    args: programArguments,
    options: {
      engine: { type: "string", multiple: true },
      rounds: { type: "string", default: "1" },
      epochs: { type: "string", default: String(STANDARD_EPOCHS) },
      workers: { type: "string", default: "2" },
      python: { type: "string" },
      peers: { type: "string", default: join(root, "bench/peers") },
      only: { type: "string", default: "" },
    },
  });
  const installed = probeEngines().filter(({ name, installed }) => installed && ["tensorflow", "wasm"].includes(name));
  return {
    ...values,
    engines: values.engine ?? installed.map(({ name }) => name),
    rounds: Number(values.rounds),
    epochs: Number(values.epochs),
    workers: Number(values.workers),
  };
}

type Options = ReturnType<typeof readOptions>;

/** The standard sweep; fewer epochs are for a quick look. */
async function readSweep(epochs: number): Promise<string> {
  const spec = parse(await readFile(join(root, "studies/standard-sweep.yaml"), "utf8")) as { training: object };
  return stringify({ ...spec, training: { ...spec.training, epochs } });
}

async function peerContestants({ python: asked, peers, workers, epochs }: Options): Promise<Contestant[]> {
  const python = await findPython(asked);
  if (python === undefined) {
    console.log("no Python with torch was found: only smoothsweep runs (see bench/peers/README.md, or give --python)");
    return [];
  }
  const environment = readEnvironment();
  const { directory } = await ensureDataset("mnist", { cacheDirectory: cacheDirectory(environment), environment });
  const options: PeerOptions = { python, peers, data: directory ?? "", workers, epochs };
  const packed = { name: "hand-packed PyTorch", run: () => runPackedTorch(options) };
  if (python.optuna !== null) return [{ name: "Optuna + PyTorch", run: () => runOptuna(options) }, packed];
  console.log(`${python.path} has no Optuna with psycopg2: it does not run`);
  return [packed];
}

async function contestantsOf(options: Options): Promise<Contestant[]> {
  const sweep = await readSweep(options.epochs);
  const ours = options.engines.map((engine) => ({
    name: `smoothsweep, ${engine}`,
    run: () => runSmoothsweep({ root, engine, workers: options.workers, sweep }),
  }));
  return [...ours, ...(await peerContestants(options))].filter(({ name }) => name.includes(options.only));
}

async function withCpuSeconds(contestant: Contestant): Promise<SweepOutcome> {
  const before = childCpuSeconds();
  const outcome = await contestant.run();
  const after = childCpuSeconds();
  return { ...outcome, cpuSeconds: before === null || after === null ? null : after - before };
}

/** @returns whether all metrics agree with the stored ones of the peer */
async function reportAgreement(outcomes: readonly SweepOutcome[]): Promise<boolean> {
  const { cells } = JSON.parse(await readFile(join(root, "bench/peers/optunaTorchResults.json"), "utf8")) as {
    cells: PeerCell[];
  };
  const ours = outcomes.filter(({ contestant }) => contestant.startsWith("smoothsweep"));
  const verdicts = ours.map(({ contestant, points }) => {
    const comparisons = compareWithPeer(points, cells);
    const agrees = comparisons.every(isWithinTolerance);
    console.log(
      `\n${contestant}: test metrics ${agrees ? "agree with" : "DIFFER FROM"} Optuna + PyTorch's stored ones`,
    );
    console.log(renderAgreement(comparisons));
    return agrees;
  });
  return verdicts.every(Boolean);
}

export async function run(programArguments: string[]): Promise<void> {
  const options = readOptions(programArguments);
  const contestants = await contestantsOf(options);
  for (let round = 1; round <= options.rounds; round++) {
    const outcomes: SweepOutcome[] = [];
    for (const contestant of round % 2 === 1 ? contestants : contestants.toReversed()) {
      console.error(`round ${round}: ${contestant.name} ...`);
      outcomes.push(await withCpuSeconds(contestant));
    }
    console.log(`\nround ${round} of ${options.rounds}, ${options.workers} workers, ${options.epochs} epochs`);
    console.log(renderOutcomes(outcomes));
    if (options.epochs === STANDARD_EPOCHS && !(await reportAgreement(outcomes))) process.exit(1);
  }
}
