import { deflateSync, inflateSync } from "node:zlib";
import { AppError, type PredictionBlob } from "@smoothsweep/contracts";
import { fromHalf, toHalf } from "./halfFloat.ts";

/** Logits of one split as they are stored: half precision little endian, deflated. About 2 bytes a logit. */
export function encodePredictions(
  split: PredictionBlob["split"],
  logits: Float32Array,
  classCount: number,
): PredictionBlob {
  const halves = new DataView(new ArrayBuffer(logits.length * 2));
  for (const [index, logit] of logits.entries()) halves.setUint16(index * 2, toHalf(logit), true);
  const bytes = new Uint8Array(deflateSync(halves));
  return { split, rows: logits.length / classCount, classCount, encoding: "f16le+deflate", bytes };
}

/**
 * The logits of a stored blob, rows x classes.
 * @throws AppError `internal` when the bytes are not what the blob's header says
 */
export function decodePredictions(blob: PredictionBlob): Float32Array {
  const inflated = inflateSync(blob.bytes);
  const count = blob.rows * blob.classCount;
  if (inflated.byteLength !== count * 2) {
    throw new AppError("internal", `predictions must have ${count * 2} bytes, got ${inflated.byteLength}`);
  }
  const halves = new DataView(inflated.buffer, inflated.byteOffset, inflated.byteLength);
  return Float32Array.from({ length: count }, (_, index) => fromHalf(halves.getUint16(index * 2, true)));
}
