import type { Engine } from "../engines/engine.ts";
import type { PackModel } from "../models/packModel.ts";
import type { Pacemaker } from "./pacemaker.ts";
import type { PackState } from "./packState.ts";
import type { Split } from "./packTypes.ts";

/** Rows per forward pass: large enough to keep products efficient, small enough to yield often. */
const ROWS_PER_CHUNK = 512;

/**
 * Logits of every copy for all rows of a split.
 * @returns one array per copy, rows x classes
 */
export async function predictSplit(
  engine: Engine,
  network: { model: PackModel; state: PackState; classCount: number },
  rows: { split: Split; featureCount: number; pacemaker: Pacemaker },
): Promise<Float32Array[]> {
  const { tf } = engine;
  const { split, featureCount } = rows;
  const values = network.state.parameters.map(({ value }) => value);
  const copies = values[0]?.shape[0] ?? 0;
  const rowCount = split.labels.length;
  const logits = Array.from({ length: copies }, () => new Float32Array(rowCount * network.classCount));
  for (let start = 0; start < rowCount; start += ROWS_PER_CHUNK) {
    const end = Math.min(start + ROWS_PER_CHUNK, rowCount);
    const chunk = tf.tidy(() => {
      const inputs = tf.tensor2d(split.inputs.subarray(start * featureCount, end * featureCount), [
        end - start,
        featureCount,
      ]);
      return network.model.predict(values, inputs).dataSync<"float32">() as Float32Array;
    });
    const perCopy = (end - start) * network.classCount;
    logits.forEach((target, copy) => {
      target.set(chunk.subarray(copy * perCopy, (copy + 1) * perCopy), start * network.classCount);
    });
    await rows.pacemaker.pause();
  }
  return logits;
}
