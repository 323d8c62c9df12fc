import { z } from "zod";
import { wholeNumber } from "./fields.ts";

const width = wholeNumber(1, 65_536);

const transformerFields = {
  /** Blocks of attention and feed-forward. */
  layers: wholeNumber(1, 64).default(2),
  /** Attention heads; they divide the width evenly. */
  heads: wholeNumber(1, 64).default(4),
  /** Numbers per token. */
  width: width.default(64),
  /** Numbers per token inside the feed-forward part. */
  feedForward: width.default(128),
};

/** The model that is trained. Which data each kind takes: `modelObstacle`. */
export const modelSpecSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("mlp"),
    /** Widths of the hidden layers; none is logistic regression. */
    hidden: z.array(width).max(16).default([128]),
    activation: z.literal("relu").default("relu"),
  }),
  /** For images: convolution, relu and 2 x 2 pooling as often as `channels` says, then dense layers. */
  z.strictObject({
    kind: z.literal("cnn"),
    channels: z.array(wholeNumber(1, 4096)).min(1).max(4).default([16, 32]),
    /** Side of the square kernels. */
    kernel: z.union([z.literal(3), z.literal(5)]).default(3),
    hidden: z.array(width).max(4).default([64]),
  }),
  /** For images: three stages of one residual block each, eight layers with weights. */
  z.strictObject({
    kind: z.literal("resnet-8"),
    /** Channels of the first stage; each following one has twice as many. */
    width: wholeNumber(1, 1024).default(16),
  }),
  /** For text: the mean of the tokens' embeddings, then dense layers. */
  z.strictObject({
    kind: z.literal("averaged-embedding"),
    width: width.default(64),
    hidden: z.array(width).max(4).default([]),
  }),
  /** For text: a Transformer encoder, averaged over the tokens. */
  z.strictObject({ kind: z.literal("transformer"), ...transformerFields }),
  /** For language: a Transformer that sees only what came before and predicts the next token. */
  z.strictObject({ kind: z.literal("causal-transformer"), ...transformerFields }),
]);
export type ModelSpec = z.infer<typeof modelSpecSchema>;
