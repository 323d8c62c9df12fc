import type { Tensor } from "@tensorflow/tfjs-core";
import type { Engine, TensorFlow } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import type { PackModel } from "../models/packModel.ts";
import type { Pacemaker } from "./pacemaker.ts";
import type { PackState } from "./packState.ts";
import type { Split } from "./packTypes.ts";

/** Rows per forward pass: large enough to keep products efficient, small enough to yield often. */
const CHUNK_ROWS_MAX = 512;
/** Logits of one copy per forward pass, 16 MiB: a language of 32,000 tokens has 8 MiB of them in a row of 64. */
const CHUNK_LOGITS_MAX = 2 ** 22;

/** Logits of all copies for a few rows: copies x examples x classes. */
function predictChunk(
  tf: TensorFlow,
  model: PackModel,
  chunk: { values: Tensor[]; inputs: Float32Array; featureCount: number },
): Promise<Float32Array> {
  const { inputs, featureCount } = chunk;
  const logits = tf.tidy(() => {
    return model.predict(chunk.values, tf.tensor2d(inputs, [inputs.length / featureCount, featureCount]));
  });
  return readTensor(logits);
}

/** Rows of one forward pass. Not a matter of how many copies there are: a trial's numbers must not depend on its pack. */
function chunkRows({ predictedRowsMax = CHUNK_ROWS_MAX }: PackModel, classesPerRow: number, logitsMax: number): number {
  return Math.min(CHUNK_ROWS_MAX, predictedRowsMax, Math.max(1, Math.floor(logitsMax / classesPerRow)));
}

/**
 * Logits of every copy for all rows of a split, in chunks, so that the engine's memory is bounded whatever the split.
 * @param rows `logitsMax`: of one copy that a chunk may have; at least a row is predicted
 * @returns one array per copy, examples x classes
 */
export async function predictSplit(
  engine: Engine,
  network: { model: PackModel; state: PackState; classCount: number },
  rows: { split: Split; featureCount: number; pacemaker: Pacemaker; logitsMax?: number },
): Promise<Float32Array[]> {
  const { split, featureCount, logitsMax = CHUNK_LOGITS_MAX } = rows;
  const values = network.state.parameters.map(({ value }) => value);
  const copies = values[0]?.shape[0] ?? 0;
  const rowCount = split.inputs.length / featureCount;
  const classesPerRow = (split.labels.length / rowCount) * network.classCount;
  const logits = Array.from({ length: copies }, () => new Float32Array(rowCount * classesPerRow));
  const step = chunkRows(network.model, classesPerRow, logitsMax);
  for (let start = 0; start < rowCount; start += step) {
    const end = Math.min(start + step, rowCount);
    const chunk = await predictChunk(engine.tf, network.model, {
      values,
      inputs: split.inputs.subarray(start * featureCount, end * featureCount),
      featureCount,
    });
    const perCopy = (end - start) * classesPerRow;
    logits.forEach((target, copy) => {
      target.set(chunk.subarray(copy * perCopy, (copy + 1) * perCopy), start * classesPerRow);
    });
    await rows.pacemaker.pause();
  }
  return logits;
}
