/** Numbers of an array to write: bytes, or 16-bit whole numbers. */
export type IdxValues = Uint8Array | Int16Array;

/** The bytes of an IDX file, see `readIdx`. */
export function writeIdx(shape: readonly number[], values: IdxValues): Uint8Array {
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + values.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, values.BYTES_PER_ELEMENT === 1 ? 0x08 : 0x0b);
  view.setUint8(3, shape.length);
  shape.forEach((length, dimension) => {
    view.setUint32(4 + 4 * dimension, length);
  });
  values.forEach((value, place) => {
    if (values.BYTES_PER_ELEMENT === 1) view.setUint8(start + place, value);
    else view.setInt16(start + 2 * place, value);
  });
  return bytes;
}
