import { packingObstacles } from "@smoothsweep/contracts";
import { formatBytes } from "@smoothsweep/runtime";
import type { MeasuredSize, MeasuredWork, PackSizesFinding } from "./examinePackSizes.ts";

/** The model's kind and its other fields: `mlp hidden 256, activation relu`. */
function describeModel({ kind, ...fields }: MeasuredWork["work"]["model"]): string {
  const told = Object.entries(fields).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join("-") : value}`,
  );
  return [kind, told.join(", ")].join(" ");
}

function sizeLine({ size, packs, examplesPerSecond, memoryBytes }: MeasuredSize, isFastest: boolean): string {
  const rate = Math.round(examplesPerSecond).toLocaleString("en");
  const measured = `${rate} examples/s, ${formatBytes(memoryBytes)} of memory (${packs} measured)`;
  return `  ${String(size).padStart(3)} trials: ${measured}${isFastest ? ", the fastest" : ""}`;
}

function workLines({ work, sizes }: MeasuredWork): string[] {
  const { engine, dataset, batchSize, optimizer, loss } = work;
  const fastest = Math.max(...sizes.map(({ examplesPerSecond }) => examplesPerSecond));
  return [
    `${engine.name} ${engine.version}: ${describeModel(work.model)}; ${dataset}, batch ${batchSize}, ${optimizer}, ${loss}`,
    ...sizes.map((size) => sizeLine(size, size.examplesPerSecond === fastest)),
  ];
}

/** Pack sizes for a person, one line each: what was measured, and how it is measured anew. */
export function renderPackSizes({ file, measured }: PackSizesFinding): string[] {
  if (measured.length === 0)
    return ["none measured yet: packs begin with the engine's own size, and are measured as they train"];
  return [...measured.flatMap(workLines), `Delete ${file} to measure anew: the next packs do.`];
}

/** Which models do not train in one go, for a person. */
export function renderPackingObstacles(): string[] {
  return Object.entries(packingObstacles).map(
    ([kind, obstacle]) => `${kind}: its convolutions train one trial of a pack after another, because ${obstacle}`,
  );
}
