import type { Outcomes } from "../predictions.ts";
import { requireOutcomes } from "../validation/requirePredictions.ts";

/** SmoothECE with the bandwidth it chose. */
export interface SmoothCalibrationError {
  /** The error, a fraction. */
  readonly error: number;
  /** The bandwidth sigma at which the smoothed error equals it, within the bisection. */
  readonly bandwidth: number;
}

// relplot's settings (config.smECE_mesh_pts, eps and refine of smECE_fast)
const meshStart = 200;
const bandwidthMin = 0.001;
const bisections = 10;
/** Kernel terms beyond this many bandwidths are below 3e-18 of the largest and are skipped. */
const kernelReach = 9;

/** Residuals `f - y`, divided by n, shared linearly between the two nearest points of an even grid on [0, 1]. */
function residualGrid(outcomes: Outcomes, points: number): Float64Array {
  const { confidences, outcomes: events } = outcomes;
  const grid = new Float64Array(points);
  for (let index = 0; index < confidences.length; index++) {
    const position = confidences[index]! * (points - 1);
    const left = Math.min(points - 2, Math.floor(position));
    const fraction = position - left;
    const residual = (confidences[index]! - events[index]!) / confidences.length;
    grid[left]! += (1 - fraction) * residual;
    grid[left + 1]! += fraction * residual;
  }
  return grid;
}

/** Grid with its mirror image on both sides, so that the kernel reflects at 0 and 1. */
function reflect(grid: Float64Array): Float64Array {
  const points = grid.length;
  const extended = new Float64Array(3 * points - 2);
  for (let index = 0; index < points - 1; index++) {
    extended[index] = grid[points - 1 - index]!;
    extended[2 * points - 1 + index] = grid[points - 2 - index]!;
  }
  extended.set(grid, points - 1);
  return extended;
}

/** Smoothed error at a fixed bandwidth: mean absolute value of the smoothed residuals over the grid. */
function errorAtBandwidth(grid: Float64Array, bandwidth: number): number {
  const points = grid.length;
  const extended = reflect(grid);
  const centre = (points - 1) / 2;
  const reach = Math.min(centre, kernelReach * bandwidth * (points - 1));
  const first = Math.ceil(centre - reach);
  const kernel = new Float64Array(Math.floor(centre + reach) - first + 1);
  const scale = 1 / (Math.sqrt(2 * Math.PI) * bandwidth);
  for (let tap = 0; tap < kernel.length; tap++) {
    const distance = (first + tap) / (points - 1) - 0.5;
    kernel[tap] = scale * Math.exp((-distance * distance) / (2 * bandwidth * bandwidth));
  }
  // scattered from the points that hold a residual: few examples leave most of a fine grid empty
  const smoothed = new Float64Array(points);
  const start = Math.floor(points / 2) + first; // the symmetric kernel needs no flip
  for (let source = start; source < extended.length; source++) {
    const residual = extended[source]!;
    if (residual === 0) continue;
    const lastPoint = Math.min(points - 1, source - start);
    for (let point = Math.max(0, source - start - kernel.length + 1); point <= lastPoint; point++)
      smoothed[point]! += residual * kernel[source - start - point]!;
  }
  return smoothed.reduce((sum, value) => sum + Math.abs(value), 0) / points;
}

/**
 * SmoothECE: calibration error without bins, by kernel smoothing, with relplot's definition.
 *
 * Residuals `f - y` are smoothed with a Gaussian kernel reflected at 0 and 1; `smECE_sigma` is the mean absolute
 * smoothed residual; the result is the value at the fixed point `sigma = smECE_sigma`, found by 10 bisections from 1
 * and not below 0.001. Grid as in relplot's `smECE_fast`: 200 points, four times as many while `20 / sigma` is more.
 * Continuous in the forecasts, so it does not jump when a value crosses an edge. O(n + m^2 sigma) for m grid points.
 *
 * @param outcomes - top-label confidences with right or wrong, or binary forecasts with labels
 * @returns error and bandwidth
 * @throws {ArgumentError} when outcomes break a rule
 * @see Blasiok, Nakkiran, "Smooth ECE: principled reliability diagrams via kernel smoothing", 2023
 */
export function smoothCalibrationError(outcomes: Outcomes): SmoothCalibrationError {
  requireOutcomes(outcomes);
  let grid = residualGrid(outcomes, meshStart);
  const exceeds = (bandwidth: number): boolean => {
    let points = grid.length;
    while (Math.round(20 / bandwidth) > points) points *= 4;
    if (points !== grid.length) grid = residualGrid(outcomes, points);
    return bandwidth < bandwidthMin || bandwidth < errorAtBandwidth(grid, bandwidth);
  };
  let high = 1;
  if (!exceeds(1)) {
    let low = 0;
    for (let step = 0; step < bisections; step++) {
      const middle = (low + high) / 2;
      if (exceeds(middle)) low = middle;
      else high = middle;
    }
  }
  return { error: errorAtBandwidth(grid, high), bandwidth: high };
}
