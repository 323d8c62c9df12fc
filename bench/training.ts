import { fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { resolveEngine } from "@smoothsweep/training";
import { probeEngines } from "@smoothsweep/training/installation";
import { renderColumns } from "./sweep/renderOutcomes.ts";
import { benchFeatures } from "./training/features.ts";
import type { PackCase, PackMeasure } from "./training/measurePack.ts";
import { type ModelCase, modelCases } from "./training/models.ts";
import { benchWasmKernels } from "./training/wasmKernels.ts";

/*
 * How fast each available engine trains, as ratios to the rate at which it multiplies matrices:
 *
 *   npm run bench -- training [--engine NAME]... [--model TEXT] [--packs 1,4,16,64] [--details]
 *
 * A trial-step is one batch of one trial: forward, backward, update. The shares are its operations per second over those
 * of a 1024^3 product, by the same engine next to it and by the fastest engine of this run. Every row is measured in a
 * process of its own, with one thread. --details adds the wasm kernels, and what optimisers, losses and penalties cost.
 */
const child = join(fileURLToPath(new URL(".", import.meta.url)), "training/measureChild.mjs");

type Answer = { measure: PackMeasure } | { reason: string };

/** Measures one case in a new process, which tells a measure or why there is none. */
function measure(packCase: PackCase): Promise<Answer> {
  return new Promise((resolve) => {
    const measuring = fork(child, [JSON.stringify(packCase)], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    measuring.once("message", (answer) => resolve(answer as Answer));
    measuring.once("exit", (code, signal) => resolve({ reason: `ended by ${signal ?? `code ${code}`}` }));
  });
}

interface Measured {
  readonly packCase: PackCase;
  readonly modelCase: ModelCase;
  readonly answer: Answer;
}

function cells({ packCase, modelCase, answer }: Measured, all: readonly Measured[]): string[] {
  if ("reason" in answer) return [];
  const rates = all.flatMap((other) => ("measure" in other.answer ? [other.answer.measure.productRate] : []));
  const alone = all.find(({ packCase: { model, engine } }) => model === packCase.model && engine === packCase.engine);
  const { stepMs, productRate, peakBytes } = answer.measure;
  const achieved = modelCase.operations / stepMs / 1e6;
  const share = (rate: number) => `${Math.round((100 * achieved) / rate)} %`;
  return [
    packCase.model,
    packCase.engine,
    String(packCase.packSize),
    stepMs.toFixed(3),
    alone && "measure" in alone.answer ? (alone.answer.measure.stepMs / stepMs).toFixed(2) : "-",
    Math.round((1000 * modelCase.batchSize) / stepMs).toString(),
    achieved.toFixed(1),
    share(productRate),
    share(Math.max(...rates)),
    Math.round(peakBytes / 2 ** 20).toString(),
  ];
}

/** Which engine it was, or why there is no row. */
function remarkOn({ packCase, answer }: Measured): string {
  if ("measure" in answer) return answer.measure.engineText;
  return `${packCase.model} on ${packCase.engine}: ${answer.reason}`;
}

const HEAD = [
  [
    "model",
    "engine",
    "pack",
    "ms/trial-step",
    "speed",
    "examples/s",
    "GFLOPS",
    "of engine's",
    "of machine's",
    "MiB peak",
  ],
  ["", "", "", "", "to first", "", "", "product", "product", ""],
];

async function benchPacks(engines: readonly PackCase["engine"][], options: { model: string; packs: number[] }) {
  const measured: Measured[] = [];
  for (const modelCase of modelCases.filter(({ name }) => name.includes(options.model))) {
    for (const engine of engines) {
      for (const packSize of options.packs) {
        const packCase = { engine, model: modelCase.name, packSize };
        measured.push({ packCase, modelCase, answer: await measure(packCase) });
      }
    }
  }
  const rows = measured.map((one) => cells(one, measured)).filter((row) => row.length > 0);
  console.log(renderColumns([...HEAD, ...rows]));
  for (const text of new Set(measured.map(remarkOn))) console.log(text);
}

export async function run(programArguments: string[]): Promise<void> {
  const { values } = parseArgs({
    args: programArguments,
    options: {
      engine: { type: "string", multiple: true },
      model: { type: "string", default: "" },
      packs: { type: "string", default: "1,4,16,64" },
      details: { type: "boolean", default: false },
    },
  });
  const wanted = ({ name, installed }: { name: string; installed: boolean }) =>
    // cpu is the reference: a step takes a second and tells nothing.
    values.engine ? values.engine.includes(name) : installed && name !== "cpu";
  const engines = probeEngines().filter(wanted);
  const names = engines.map(({ name }) => name);
  await benchPacks(names, { model: values.model, packs: values.packs.split(",").map(Number) });
  if (!values.details) return;
  await benchWasmKernels();
  for (const name of names) {
    const engine = await resolveEngine(name);
    await benchFeatures(engine);
    engine.dispose();
  }
}
