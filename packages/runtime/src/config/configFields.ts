import { z } from "zod";

const durationUnitsMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const byteUnits: Record<string, number> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};
const switchWords: Record<string, boolean> = { true: true, yes: true, on: true, "1": true };
const offWords: Record<string, boolean> = { false: false, no: false, off: false, "0": false };

/** "1.5MiB" with the units given -> 1572864; what is no such text comes back as it was, for the schema to refuse. */
function parseQuantity(value: unknown, units: Record<string, number>): unknown {
  if (typeof value !== "string") return value;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*$/.exec(value);
  const factor = match?.[2] === undefined ? undefined : units[match[2]];
  return factor === undefined ? value : Number(match?.[1]) * factor;
}

/**
 * A length of time, in milliseconds: a text with its unit (`"250ms"`, `"5s"`, `"1.5m"`, `"2h"`, `"1d"`) or a number of
 * milliseconds. A text without a unit is refused: nobody can tell what "5" means.
 */
export function durationMsField(range: { minMs?: number; maxMs?: number } = {}) {
  const { minMs = 0, maxMs = Number.MAX_SAFE_INTEGER } = range;
  const rule = `must be a duration such as "5s", from ${minMs} to ${maxMs} ms`;
  return z.preprocess(
    (value) => parseQuantity(value, durationUnitsMs),
    z.number({ error: rule }).min(minMs, { error: rule }).max(maxMs, { error: rule }),
  );
}

/** A number of bytes: a text with its unit (`"64MiB"`, `"1.5GB"`, `"512B"`) or a whole number of bytes. */
export function bytesField(range: { min?: number; max?: number } = {}) {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = range;
  const rule = `must be a size such as "64MiB", a whole number of bytes from ${min} to ${max}`;
  return z.preprocess(
    (value) => parseQuantity(value, byteUnits),
    z.number({ error: rule }).int({ error: rule }).min(min, { error: rule }).max(max, { error: rule }),
  );
}

/** A whole number in [min, max], as a number or as decimal text. */
export function wholeNumberField(min: number, max: number) {
  const rule = `must be a whole number in [${min}, ${max}]`;
  return z.preprocess(
    (value) => (typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value),
    z.number({ error: rule }).int({ error: rule }).min(min, { error: rule }).max(max, { error: rule }),
  );
}

/** A TCP port to listen on; 0 lets the system choose a free one. */
export function portField() {
  return wholeNumberField(0, 65_535);
}

/** A switch: true or false, also as the words true, yes, on, 1 and false, no, off, 0. */
export function switchField() {
  return z.preprocess(
    (value) => {
      if (typeof value !== "string") return value;
      const word = value.trim().toLowerCase();
      return switchWords[word] ?? offWords[word] ?? value;
    },
    z.boolean({ error: "must be true or false" }),
  );
}
