import type { InputShape } from "@smoothsweep/contracts";
import { readField } from "./readField.ts";

/** How many rows and classes a data set has, and what a row is. */
export interface DatasetLimits {
  trainRows: number;
  testRows: number;
  classCount: number;
  inputShape: InputShape;
}

/** The data sets a sweep may name. */
export type DatasetCatalogue = Readonly<Record<string, DatasetLimits>>;

/** Those of the data set that a specification names, where it is known. */
export function limitsOf(input: unknown, catalogue: DatasetCatalogue): DatasetLimits | undefined {
  const name = readField(input, ["data", "dataset"]);
  return typeof name === "string" && Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
}
