import { dense } from "../layers/dense.ts";
import { dropout } from "../layers/dropout.ts";
import type { Layer } from "../layers/layer.ts";
import { relu } from "../layers/relu.ts";

/** Hidden dense layers with relu and dropout, then one that gives logits: [P, rows, features] -> [P, rows, classes]. */
export function denseHead(sizes: { features: number; hidden: readonly number[]; classCount: number }): Layer[] {
  const { features, hidden, classCount } = sizes;
  const inputsOf = (index: number) => hidden[index - 1] ?? features;
  const layers = hidden.flatMap((width, index) => [
    dense(`dense${index}`, { inputs: inputsOf(index), outputs: width }),
    relu,
    dropout(`dense${index}`, [width]),
  ]);
  return [...layers, dense(`dense${hidden.length}`, { inputs: inputsOf(hidden.length), outputs: classCount })];
}
