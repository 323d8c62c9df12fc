import { z } from "zod";

const size = z.number().int().positive();

/** What one row of inputs is. Rows are stored flat, row-major: `featureCountOf` numbers each. */
export const inputShapeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("vector"), features: size }),
  /** Pixels in the order height, width, channels. */
  z.object({ kind: z.literal("image"), height: size, width: size, channels: size }),
  /**
   * Token ids in [0, vocabulary), as whole numbers. A row has one label, its class; or, for language, one label per
   * token, the token that follows it.
   */
  z.object({
    kind: z.literal("tokens"),
    length: size,
    vocabulary: size,
    /** The id that fills short rows up, if any; models leave it out. */
    padding: z.number().int().nonnegative().nullable(),
    labels: z.enum(["per-row", "per-token"]),
  }),
]);
export type InputShape = z.infer<typeof inputShapeSchema>;

/** Numbers of one row. */
export function featureCountOf(shape: InputShape): number {
  switch (shape.kind) {
    case "vector":
      return shape.features;
    case "image":
      return shape.height * shape.width * shape.channels;
    case "tokens":
      return shape.length;
  }
}

/** Labels of one row: 1, or for language as many as it has tokens. */
export function labelsPerRow(shape: InputShape): number {
  return shape.kind === "tokens" && shape.labels === "per-token" ? shape.length : 1;
}
