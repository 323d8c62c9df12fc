import type { Tensor } from "@tensorflow/tfjs-core";
import type { Engine, TensorFlow } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import type { PackModel } from "../models/packModel.ts";
import type { Pacemaker } from "./pacemaker.ts";
import type { PackState } from "./packState.ts";
import type { Split } from "./packTypes.ts";

/** Rows per forward pass: large enough to keep products efficient, small enough to yield often. */
const CHUNK_ROWS_MAX = 512;

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

/**
 * Logits of every copy for all rows of a split.
 * @returns one array per copy, examples x classes
 */
export async function predictSplit(
  engine: Engine,
  network: { model: PackModel; state: PackState; classCount: number },
  rows: { split: Split; featureCount: number; pacemaker: Pacemaker },
): Promise<Float32Array[]> {
  const { split, featureCount } = rows;
  const values = network.state.parameters.map(({ value }) => value);
  const copies = values[0]?.shape[0] ?? 0;
  const rowCount = split.inputs.length / featureCount;
  const classesPerRow = (split.labels.length / rowCount) * network.classCount;
  const logits = Array.from({ length: copies }, () => new Float32Array(rowCount * classesPerRow));
  const chunkRows = Math.min(CHUNK_ROWS_MAX, network.model.predictedRowsMax ?? CHUNK_ROWS_MAX);
  for (let start = 0; start < rowCount; start += chunkRows) {
    const end = Math.min(start + chunkRows, rowCount);
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
