import type { AxisValue, SweepSpec } from "@smoothsweep/contracts";
import { type AxisPath, type CellSettings, withAxisValue } from "../spec/axisFields.ts";

export interface ExpandedCell {
  values: Record<string, AxisValue>;
  settings: CellSettings;
}

type Axis = readonly [path: string, values: readonly AxisValue[]];

/** The product of the axes, the last axis running fastest. A sweep without axes has one cell. */
export function expandCells(spec: SweepSpec): Generator<ExpandedCell, void, void> {
  const settings: CellSettings = { smoothing: spec.smoothing, strategy: spec.strategy, training: spec.training };
  return vary({ values: {}, settings }, Object.entries(spec.axes));
}

function* vary(cell: ExpandedCell, [axis, ...others]: readonly Axis[]): Generator<ExpandedCell, void, void> {
  if (axis === undefined) return yield cell;
  const [path, values] = axis;
  for (const value of values) {
    const settings = withAxisValue(cell.settings, path as AxisPath, value);
    yield* vary({ values: { ...cell.values, [path]: value }, settings }, others);
  }
}
