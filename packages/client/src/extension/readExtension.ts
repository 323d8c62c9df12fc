import { AppError, type AxisValue, seedSchema } from "@smoothsweep/contracts";

/**
 * An extension as people write it: lists with commas.
 *
 * @param written.seeds `5,6,7`
 * @param written.axes axis path and its values, `0.3,0.4`; an axis that is named twice gets the values of both
 * @throws AppError `invalid_request` that names the field, its rule and what was given
 * @example readExtension({ seeds: "5,6", axes: [["smoothing.epsilon", "0.3,0.4"]] })
 */
export function readExtension(written: { seeds: string; axes: readonly (readonly [path: string, values: string])[] }): {
  seeds: number[];
  axes: Record<string, AxisValue[]>;
} {
  const axes: Record<string, AxisValue[]> = {};
  for (const [path, text] of written.axes) {
    const values = readList(text).map(readAxisValue);
    if (values.length > 0) axes[path] = [...(axes[path] ?? []), ...values];
  }
  return { seeds: readList(written.seeds).map(readSeed), axes };
}

function readList(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function readSeed(text: string): number {
  const seed = seedSchema.safeParse(/^\d+$/.test(text) ? Number(text) : Number.NaN);
  if (seed.success) return seed.data;
  const message = `\`seeds\` must be whole numbers in [0, ${2 ** 32 - 1}], with commas between them, got ${JSON.stringify(text)}`;
  throw new AppError("invalid_request", message);
}

/** A number or a boolean where the text is one; else the text: `strategy.kind` has names as values. */
function readAxisValue(text: string): AxisValue {
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  return text === "true" || text === "false" ? text === "true" : text;
}
