import type { GoldenRunner } from "../goldenOutcome.ts";
import { runCrossEntropyEntry } from "./runCrossEntropyEntry.ts";
import { runEquivalenceEntry } from "./runEquivalenceEntry.ts";
import { runLongTailEntry } from "./runLongTailEntry.ts";
import { runTargetsEntry } from "./runTargetsEntry.ts";

/** Golden files about smoothing, by the name of the file without `.json`. */
export const runners: Readonly<Record<string, GoldenRunner>> = {
  targets: runTargetsEntry,
  cross_entropy: runCrossEntropyEntry,
  equivalences: runEquivalenceEntry,
  longtail: runLongTailEntry,
};
