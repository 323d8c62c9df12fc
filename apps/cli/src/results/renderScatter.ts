import type { Cell } from "@smoothsweep/contracts";
import { markCells } from "./formatCell.ts";

interface Point {
  x: number;
  y: number;
  mark: string;
}

const WIDTH = 64;
const HEIGHT = 18;

/**
 * Accuracy against ECE, one letter a trained cell at the means over seeds: good is up and left. Cells that fall on one
 * place show as `*`. Empty when fewer than two cells have results.
 */
export function renderScatter(cells: readonly Cell[]): string {
  const marks = markCells(cells);
  const points = cells.flatMap(({ id, metrics }): Point[] => {
    const mark = marks.get(id);
    return mark === undefined || metrics === null ? [] : [{ x: metrics.ece.mean, y: metrics.accuracy.mean, mark }];
  });
  if (points.length < 2) return "";
  const [xLow, xHigh] = padded(points.map(({ x }) => x));
  const [yLow, yHigh] = padded(points.map(({ y }) => y));
  const grid = Array.from({ length: HEIGHT }, () => new Array<string>(WIDTH).fill(" "));
  for (const { x, y, mark } of points) {
    const column = Math.round(((x - xLow) / (xHigh - xLow)) * (WIDTH - 1));
    const row = Math.round(((yHigh - y) / (yHigh - yLow)) * (HEIGHT - 1));
    grid[row]![column] = grid[row]![column] === " " ? mark : "*";
  }
  return [`  accuracy`, ...withAxis(grid, yLow, yHigh), ...xAxis(xLow, xHigh)].join("\n");
}

/** The range of the values with a margin, within [0, 1]; a single value gets some room. */
function padded(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const margin = (high - low) * 0.05 || Math.abs(high) * 0.05 || 0.05;
  return [Math.max(0, low - margin), Math.min(1, high + margin)];
}

function withAxis(grid: readonly string[][], low: number, high: number): string[] {
  return grid.map((row, index) => {
    const value = high - ((high - low) * index) / (HEIGHT - 1);
    const label = index % 4 === 0 || index === HEIGHT - 1 ? value.toFixed(4) : "";
    return `${label.padStart(8)} ${label === "" ? "│" : "┤"}${row.join("").trimEnd()}`;
  });
}

function xAxis(low: number, high: number): string[] {
  const labels = [low, (low + high) / 2, high].map((value) => value.toFixed(3));
  const gap = WIDTH - labels.reduce((sum, { length }) => sum + length, 0);
  const line = [labels[0], " ".repeat(Math.floor(gap / 2)), labels[1], " ".repeat(Math.ceil(gap / 2)), labels[2]].join(
    "",
  );
  return [`${" ".repeat(9)}└${"─".repeat(WIDTH)}`, `${" ".repeat(10)}${line}  ECE`];
}
