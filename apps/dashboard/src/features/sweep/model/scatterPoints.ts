import type { ScatterPoint } from "../../../charts/scatterPoint.ts";
import type { CellRow } from "./cellRows.ts";
import { paretoFront } from "./paretoFront.ts";

/** Which calibration error the scatter shows. */
export type CalibrationMetric = "ece" | "scaledEce";

/** One point for each trained cell with a result; equivalents are drawn once, by the cell that is trained for them. */
export function scatterPoints(rows: readonly CellRow[], metric: CalibrationMetric): ScatterPoint[] {
  const points = rows.flatMap((row) => {
    const { cell, metrics } = row;
    if (metrics === null || row.equivalentTo !== null) return [];
    return [
      {
        id: cell.id,
        name: row.name,
        epsilon: cell.plan.epsilon,
        convention: cell.plan.convention,
        strategy: cell.plan.strategy,
        memberStrategies: memberStrategies(rows, row),
        mergedCount: 1 + row.equivalents.length,
        accuracy: metrics.accuracy,
        miscalibration: metrics[metric],
        seeds: cell.points.map((point) => ({ accuracy: point.accuracy, miscalibration: point[metric] })),
        isOnFront: false,
      },
    ];
  });
  const front = paretoFront(
    points.map(({ id, accuracy, miscalibration }) => ({
      id,
      accuracy: accuracy.mean,
      miscalibration: miscalibration.mean,
    })),
  );
  const frontIds = new Set(front.map(({ id }) => id));
  return points.map((point) => ({ ...point, isOnFront: frontIds.has(point.id) }));
}

function memberStrategies(rows: readonly CellRow[], { cell, equivalents }: CellRow): string[] {
  const members = equivalents.map((number) => rows[number - 1]?.cell.plan.strategy ?? cell.plan.strategy);
  return [...new Set([cell.plan.strategy, ...members])];
}
