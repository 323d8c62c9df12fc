import type { ConvolutionShape } from "./convolutionShape.ts";

/** One of a convolution's kernel positions. */
interface Tap {
  readonly row: number;
  readonly column: number;
}

/** Sets the pixels that a kernel position finds outside of the image to 0. */
function clearOutside(target: Float32Array, shape: ConvolutionShape, shift: { down: number; right: number }): void {
  const { batchSize, inHeight, inWidth } = shape;
  const { down, right } = shift;
  const pixels = inHeight * inWidth;
  const columns = right < 0 ? [0, -right] : [inWidth - right, inWidth];
  const [fromColumn, toColumn] = columns as [number, number];
  for (let image = 0; image < batchSize; image++) {
    const start = image * pixels;
    if (down < 0) target.fill(0, start, start - down * inWidth);
    else if (down > 0) target.fill(0, start + pixels - down * inWidth, start + pixels);
    if (right === 0) continue;
    for (let row = start; row < start + pixels; row += inWidth) {
      for (let column = fromColumn; column < toColumn; column++) target[row + column] = 0;
    }
  }
}

/** What a kernel position sees, where the outputs have the inputs' sides: the whole channel, shifted. */
function copyShifted(target: Float32Array, plane: Float32Array, shape: ConvolutionShape, tap: Tap): void {
  const down = tap.row - shape.padInfo.top;
  const right = tap.column - shape.padInfo.left;
  const shift = down * shape.inWidth + right;
  target.set(plane.subarray(Math.max(0, shift), plane.length + Math.min(0, shift)), Math.max(0, -shift));
  clearOutside(target, shape, { down, right });
}

/** What a kernel position sees, for any stride. */
function copyStrided(target: Float32Array, plane: Float32Array, shape: ConvolutionShape, tap: Tap): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = shape;
  target.fill(0);
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const row = outRow * strideHeight + tap.row - padInfo.top;
      if (row < 0 || row >= inHeight) continue;
      const from = (image * inHeight + row) * inWidth;
      const to = (image * outHeight + outRow) * outWidth;
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const column = outColumn * strideWidth + tap.column - padInfo.left;
        if (column >= 0 && column < inWidth) target[to + outColumn] = plane[from + column] as number;
      }
    }
  }
}

/**
 * Writes what every kernel position sees of every image, so that a convolution's filter gradient becomes one product of
 * matrices: row (kernel row, kernel column, channel), column (image, output row, output column); 0 outside of images.
 *
 * @param planes inputs with the channels first, [channels, rows, height, width]
 * @param patches to be written, [kernel height x kernel width x channels, rows x output height x output width]
 */
export function writePatchRows(patches: Float32Array, planes: Float32Array, shape: ConvolutionShape): void {
  const { filterHeight, filterWidth, inChannels, inHeight, inWidth, outHeight, outWidth, batchSize } = shape;
  const isShift = shape.strideHeight === 1 && shape.strideWidth === 1 && inHeight === outHeight && inWidth === outWidth;
  const copy = isShift ? copyShifted : copyStrided;
  const [planeSize, rowSize] = [batchSize * inHeight * inWidth, batchSize * outHeight * outWidth];
  let start = 0;
  for (let row = 0; row < filterHeight; row++) {
    for (let column = 0; column < filterWidth; column++) {
      for (let channel = 0; channel < inChannels; channel++, start += rowSize) {
        const plane = planes.subarray(channel * planeSize, (channel + 1) * planeSize);
        copy(patches.subarray(start, start + rowSize), plane, shape, { row, column });
      }
    }
  }
}
