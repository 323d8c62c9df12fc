import { labelsPerRow } from "@smoothsweep/contracts";
import { classProbabilityAt } from "@smoothsweep/smoothing";
import { permutation } from "../randomness/permutation.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { sampledRows } from "../randomness/sampledRows.ts";
import type { PackRun } from "./packRun.ts";

/**
 * The training rows of an epoch in the order of the batches, as many as there are training rows. A function of the seed,
 * the epoch and the plan's sampling alone.
 *
 * @param epoch counted from 1
 */
export function epochRows({ request, sampling }: PackRun, epoch: number): Uint32Array {
  const { data, seed, training } = request;
  const { labels } = data.train;
  if (sampling === null)
    return permutation(randomStream(seed, `order/${epoch}`), labels.length / labelsPerRow(data.inputShape));
  const classProbability = classProbabilityAt(sampling, epoch - 1, training.epochs);
  return sampledRows(labels, classProbability, randomStream(seed, `sampling/${epoch}`));
}
