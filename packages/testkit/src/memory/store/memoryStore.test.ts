import { storeContracts } from "../../contracts/storeContracts.ts";
import { sweepExporterContract } from "../../contracts/sweepExporterContract.ts";
import { createMemoryStore } from "./createMemoryStore.ts";
import type { Tables } from "./tables.ts";

storeContracts("memory", async () => createMemoryStore());

sweepExporterContract("memory", async () => {
  const { exporter, tables, ...ports } = createMemoryStore();
  return {
    ...ports,
    exporter,
    fill: async (_sweepId, like, count) => fill(tables, like, count),
    lent: async () => exporter.lent(),
  };
});

/** Copies of a trial, ten a cell. */
function fill({ trials }: Tables, like: string, count: number): void {
  const model = trials.get(like)!;
  for (let number = 0; number < count; number++) {
    const id = `${like}_${number}`;
    const cell = { ...model.cell, id: `cel_${Math.floor(number / 10)}` };
    trials.set(id, { ...model, id, cell, ordinal: 1000 + number, seed: number % 10, fingerprint: `filled ${number}` });
  }
}
