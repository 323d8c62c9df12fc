/** Sides and depth of the images that a layer takes or gives. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** As the axes of a row: height, width, channels. */
export function imageAxes({ height, width, channels }: ImageSize): [number, number, number] {
  return [height, width, channels];
}
