import type { AxisValue, SweepSpec } from "@smoothsweep/contracts";
import { type AxisPath, type CellSettings, withAxisValue } from "../spec/axisFields.ts";

export interface ExpandedCell {
  values: Record<string, AxisValue>;
  settings: CellSettings;
}

/** The product of the axes, the last axis running fastest. A sweep without axes has one cell. */
export function expandCells(spec: SweepSpec): ExpandedCell[] {
  const base: CellSettings = { smoothing: spec.smoothing, strategy: spec.strategy, training: spec.training };
  let cells: ExpandedCell[] = [{ values: {}, settings: base }];
  for (const [path, values] of Object.entries(spec.axes)) {
    cells = cells.flatMap((cell) =>
      values.map((value) => ({
        values: { ...cell.values, [path]: value },
        settings: withAxisValue(cell.settings, path as AxisPath, value),
      })),
    );
  }
  return cells;
}
