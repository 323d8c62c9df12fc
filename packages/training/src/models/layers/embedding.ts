import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import type { RandomStream } from "../../randomness/randomStream.ts";
import { type Layer, noDropout } from "./layer.ts";

/** Initial values of a table. */
export type TableValues = (random: RandomStream, count: number) => Float32Array;

/** Where every copy's tokens are among the rows of all tables, [P tokens, 1]. */
function rowsOfAllTables(tf: TensorFlow, ids: Tensor, sizes: { copies: number; vocabulary: number }): Tensor2D {
  const { copies, vocabulary } = sizes;
  const starts = tf.range(0, copies * vocabulary, vocabulary, "int32");
  const rows = tf.add(tf.reshape(starts, [copies, 1]), tf.reshape(ids, [1, -1]));
  return tf.reshape(rows, [-1, 1]);
}

/**
 * Each token's row of a table: ids [1, rows, length], whole numbers shared by all copies -> [P, rows, length, width].
 *
 * The table's gradient adds the tokens up one after another into their rows (ScatterNd), each copy in the order of its
 * tokens, so that it does not depend on the pack. A product with one-hot rows costs as much for 64 tokens and 7 times
 * for 512 (measured on tensorflow); UnsortedSegmentSum is missing on wasm and compares every segment on cpu.
 */
export function embedding(
  name: string,
  { vocabulary, width }: { vocabulary: number; width: number },
  initial: TableValues,
): Layer {
  return {
    parameters: [
      {
        name: `${name}/table`,
        shape: [vocabulary, width],
        initial: (random) => initial(random, vocabulary * width),
      },
    ],
    dropoutShapes: noDropout,
    apply({ tf, parameters, inputs }) {
      const [table] = parameters as [Tensor3D];
      const [copies] = table.shape;
      const [, rows, length] = inputs.shape as [number, number, number];
      const vectors = tf.gather(table, tf.reshape(inputs, [-1]), 1);
      return {
        outputs: tf.reshape(vectors, [copies, rows, length, width]),
        backward(gradient) {
          const places = rowsOfAllTables(tf, inputs, { copies, vocabulary });
          const sums = tf.scatterND(places, tf.reshape(gradient, [-1, width]), [copies * vocabulary, width]);
          return { inputs: null, parameters: [tf.reshape(sums, table.shape)] };
        },
      };
    },
  };
}
