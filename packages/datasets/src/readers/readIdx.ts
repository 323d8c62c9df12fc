import { AppError } from "@smoothsweep/contracts";

/** An array of an IDX file. */
export interface IdxArray {
  /** Lengths of the dimensions; the first one counts the rows. */
  readonly shape: readonly number[];
  /** The numbers, row-major; bytes are a view into the file's. */
  readonly values: Uint8Array | Int16Array;
}

const UNSIGNED_BYTE = 0x08;
const SHORT = 0x0b;

/** Big-endian 16-bit numbers, whatever the machine's own order is. */
function readShorts(view: DataView, start: number, count: number): Int16Array {
  return Int16Array.from({ length: count }, (_, place) => view.getInt16(start + 2 * place));
}

/**
 * Reads the IDX format of the MNIST family: two zero bytes, the type (unsigned bytes, 0x08, or 16-bit whole numbers, 0x0b), the
 * number of dimensions, each length as a big-endian uint32, then the values.
 *
 * @throws AppError `dataset_corrupt` when the header is wrong or the file is shorter or longer than it says.
 */
export function readIdx(bytes: Uint8Array, name: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0) throw corrupt(name, "does not begin like an IDX file");
  const type = view.getUint8(2);
  if (type !== UNSIGNED_BYTE && type !== SHORT) {
    throw corrupt(name, `must hold unsigned bytes (0x08) or shorts (0x0b), got type 0x${type.toString(16)}`);
  }
  const rank = view.getUint8(3);
  const start = 4 + 4 * rank;
  if (rank === 0 || bytes.length < start) throw corrupt(name, `has no complete header for ${rank} dimensions`);
  const shape = Array.from({ length: rank }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  const count = shape.reduce((product, length) => product * length, 1);
  const found = (bytes.length - start) / (type === SHORT ? 2 : 1);
  if (found !== count) throw corrupt(name, `must hold ${count} values (${shape.join(" x ")}), got ${found}`);
  return { shape, values: type === SHORT ? readShorts(view, start, count) : bytes.subarray(start) };
}

function corrupt(name: string, rule: string): AppError {
  return new AppError("dataset_corrupt", `\`${name}\` ${rule}`, { context: { file: name } });
}
