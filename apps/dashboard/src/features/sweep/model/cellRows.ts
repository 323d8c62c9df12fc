import type { AxisValue, Cell } from "@smoothsweep/contracts";

/** A cell as the sweep's page shows it. */
export interface CellRow {
  cell: Cell;
  /** 1, 2, 3 ... in the order of the axes. */
  number: number;
  /** Axis values in one line: `ε 0.1 · off-target · class-prior`. */
  name: string;
  /** Axes beside epsilon, convention and strategy. */
  otherAxes: readonly { path: string; value: AxisValue }[];
  /** Number of the cell that is trained for this one; null when it is trained itself. */
  equivalentTo: number | null;
  /** Numbers of the cells that this one is trained for. */
  equivalents: readonly number[];
  /** Its own metrics, or those of the cell it is equivalent to. */
  metrics: Cell["metrics"];
}

const planAxes: ReadonlySet<string> = new Set(["smoothing.epsilon", "smoothing.convention", "strategy.kind"]);

/** The last part of an axis path, for labels: `training.optimizer.learningRate` -> `learningRate`. */
export function axisLabel(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** Cells with their numbers, names and equivalents, in the order of the axes. */
export function cellRows(cells: readonly Cell[]): CellRow[] {
  const numbers = new Map(cells.map((cell, index) => [cell.id, index + 1]));
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const equivalents = equivalentNumbers(cells);
  return cells.map((cell, index) => {
    const otherAxes = Object.entries(cell.values)
      .filter(([path]) => !planAxes.has(path))
      .map(([path, value]) => ({ path, value }));
    const isEquivalent = cell.representativeId !== cell.id;
    return {
      cell,
      number: index + 1,
      name: cellName(cell, otherAxes),
      otherAxes,
      equivalentTo: isEquivalent ? (numbers.get(cell.representativeId) ?? null) : null,
      equivalents: equivalents.get(cell.id) ?? [],
      metrics: cell.metrics ?? byId.get(cell.representativeId)?.metrics ?? null,
    };
  });
}

/** Representative -> numbers of the cells it is trained for. */
function equivalentNumbers(cells: readonly Cell[]): ReadonlyMap<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const [index, { id, representativeId }] of cells.entries()) {
    if (id === representativeId) continue;
    numbers.set(representativeId, [...(numbers.get(representativeId) ?? []), index + 1]);
  }
  return numbers;
}

function cellName(cell: Cell, otherAxes: CellRow["otherAxes"]): string {
  const { epsilon, convention, strategy } = cell.plan;
  const others = otherAxes.map(({ path, value }) => `${axisLabel(path)} ${value}`);
  return [`ε ${epsilon}`, convention, strategy, ...others].join(" · ");
}

/** The row that stands for a cell: its own, or that of the cell it is equivalent to. */
export function representativeRow(rows: readonly CellRow[], cellId: string | undefined): CellRow | undefined {
  const row = rows.find((candidate) => candidate.cell.id === cellId);
  return row?.equivalentTo == null ? row : rows[row.equivalentTo - 1];
}
