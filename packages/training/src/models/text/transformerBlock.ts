import { attention } from "../layers/attention.ts";
import { dense } from "../layers/dense.ts";
import { dropout } from "../layers/dropout.ts";
import type { Layer } from "../layers/layer.ts";
import { layerNorm } from "../layers/layerNorm.ts";
import { relu } from "../layers/relu.ts";
import { residual } from "../layers/residual.ts";
import { sequence } from "../layers/sequence.ts";

/** Sizes of a block, and of the rows that go through it. */
export interface BlockSizes {
  readonly width: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly length: number;
  readonly causal: boolean;
}

/**
 * Attention and a feed-forward part with relu, each with layer normalisation before it and a residual connection around
 * it (pre-norm): [P, rows, length, width] -> the same. Dropout acts on what each part adds, as in Vaswani et al. 2017.
 * @see Xiong et al. 2020, On layer normalization in the Transformer architecture, https://arxiv.org/abs/2002.04745
 */
export function transformerBlock(name: string, { width, heads, feedForward, length, causal }: BlockSizes): Layer {
  return sequence([
    residual(
      sequence([
        layerNorm(`${name}/attention/norm`, width),
        attention(`${name}/attention`, { width, heads, causal }),
        dropout(`${name}/attention`, [length, width]),
      ]),
    ),
    residual(
      sequence([
        layerNorm(`${name}/feedForward/norm`, width),
        dense(`${name}/feedForward/inner`, { inputs: width, outputs: feedForward }),
        relu,
        dense(`${name}/feedForward/outer`, { inputs: feedForward, outputs: width }),
        dropout(`${name}/feedForward`, [length, width]),
      ]),
    ),
  ]);
}
