import { ArgumentError } from "../validation/argumentError.ts";
import type { Mixing } from "./mixing.ts";

/**
 * A mixing that gives nothing to one class (padding): its share is taken by the others in proportion.
 * @throws ArgumentError `undefined_mixing` when all mass lies on that class or the mixing depends on predictions
 */
export function withoutClass(mixing: Mixing, excluded: number, classCount: number): Mixing {
  switch (mixing.kind) {
    case "uniform": {
      const values = new Array<number>(classCount).fill(1 / (classCount - 1));
      values[excluded] = 0;
      return { kind: "vector", values };
    }
    case "vector":
      return { kind: "vector", values: rescaled(mixing.values, excluded) };
    case "matrix":
      return { kind: "matrix", rows: mixing.rows.map((row) => rescaled(row, excluded)) };
    default: {
      const rule = "must be known before training where padding is left out";
      throw new ArgumentError("undefined_mixing", { argument: "mixing", rule, value: mixing.kind });
    }
  }
}

function rescaled(values: readonly number[], excluded: number): number[] {
  const kept = values.reduce((sum, value, index) => (index === excluded ? sum : sum + value), 0);
  if (kept <= 0) {
    const rule = "must leave mass on a class that is not padding";
    throw new ArgumentError("undefined_mixing", { argument: "mixing", rule, value: values });
  }
  return values.map((value, index) => (index === excluded ? 0 : value / kept));
}
