import { softmaxRows } from "../softmax/softmaxRows.ts";
import { compensatedSum } from "../statistics/sampleMoments.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { requireAllFinite, requireLength, requireNotEmpty } from "../validation/requireArray.ts";

/** Loss of a sequence model per token, in three units. */
export interface SequenceLoss {
  /** Tokens that counted. */
  readonly tokens: number;
  /** Mean negative log-likelihood per token, in nats. */
  readonly nll: number;
  /** The same in bits. */
  readonly bits: number;
  /** `exp(nll)`; Infinity where that overflows. */
  readonly perplexity: number;
}

function sequenceLoss(losses: ArrayLike<number>): SequenceLoss {
  const nll = compensatedSum(losses) / losses.length;
  return { tokens: losses.length, nll, bits: nll / Math.LN2, perplexity: Math.exp(nll) };
}

/**
 * Perplexity from losses per token, `exp(mean loss)`.
 *
 * The losses must be hard-label negative log-likelihoods: the exponential of a smoothed loss is not a perplexity (the
 * classic contamination; OpenNMT-py once printed 79.9 for 29.9).
 *
 * @param losses - at least one finite loss in nats, 0 or more, padding left out
 * @returns tokens, nll, bits and perplexity
 * @throws {ArgumentError} empty, not finite or negative
 * @example
 * ```ts
 * perplexity([Math.log(4), Math.log(4)]).perplexity; // 4
 * ```
 * @see Jelinek, Mercer, Bahl, Baker, "Perplexity: a measure of the difficulty of speech recognition tasks", 1977
 */
export function perplexity(losses: ArrayLike<number>): SequenceLoss {
  requireNotEmpty("losses", losses);
  requireAllFinite("losses", losses);
  for (let index = 0; index < losses.length; index++)
    if (losses[index]! < 0) throw new ArgumentError(`losses[${index}]`, "must be at least 0", losses[index]);
  return sequenceLoss(losses);
}

/** Token logits of a sequence model, all positions of all sequences one after the other. */
export interface TokenPredictions {
  /** Positions x V logits, row-major, finite. */
  readonly logits: ArrayLike<number>;
  /** Token index of each position, in 0..V-1, or the padding index. */
  readonly labels: ArrayLike<number>;
  /** V, vocabulary size, at least 2. */
  readonly classCount: number;
  /** Index of padding, whose positions do not count (may lie outside 0..V-1); none (default). */
  readonly padding?: number;
}

/**
 * Perplexity of token logits, leaving padding out.
 *
 * @param predictions - logits and token labels
 * @returns tokens, nll, bits and perplexity
 * @throws {ArgumentError} when predictions break a rule or every position is padding
 */
export function tokenPerplexity(predictions: TokenPredictions): SequenceLoss {
  const { logits, labels, classCount, padding } = predictions;
  requireLength("logits", logits, labels.length * classCount);
  const kept = Array.from(labels, (_, row) => row).filter((row) => labels[row] !== padding);
  requireNotEmpty("labels without padding", kept);
  const rows = new Float64Array(kept.length * classCount);
  for (const [position, row] of kept.entries())
    for (let k = 0; k < classCount; k++) rows[position * classCount + k] = logits[row * classCount + k]!;
  return sequenceLoss(softmaxRows({ logits: rows, labels: kept.map((row) => labels[row]!), classCount }).losses);
}
