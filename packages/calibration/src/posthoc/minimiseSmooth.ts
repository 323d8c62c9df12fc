/** Value and gradient of a smooth function. */
export interface SmoothValue {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Result of {@link minimiseSmooth}. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Whether the largest gradient component fell below the tolerance. */
  readonly converged: boolean;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

const memory = 12;
const sufficientDecrease = 1e-4;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, scale: number): void {
  for (let index = 0; index < target.length; index++) target[index]! += scale * source[index]!;
}

/** Two-loop recursion: the quasi-Newton direction from the last pairs of steps and gradient changes. */
function direction(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const result = gradient.map((value) => -value);
  const weights = pairs.map(() => 0);
  for (let index = pairs.length - 1; index >= 0; index--) {
    const { step, change, curvature } = pairs[index]!;
    weights[index] = dot(step, result) / curvature;
    addScaled(result, change, -weights[index]!);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let index = 0; index < result.length; index++) result[index]! *= scale;
  }
  for (const [index, { step, change, curvature }] of pairs.entries())
    addScaled(result, step, weights[index]! - dot(change, result) / curvature);
  return result;
}

/** Halves the step until the value falls enough; `null` when rounding leaves nothing to gain. */
function lineSearch(
  evaluate: (point: Float64Array) => SmoothValue,
  from: SmoothValue & { readonly point: Float64Array },
  move: Float64Array,
) {
  const slope = dot(move, from.gradient);
  for (let scale = 1; scale > 1e-12; scale /= 2) {
    const point = from.point.slice();
    addScaled(point, move, scale);
    const next = evaluate(point);
    if (next.value <= from.value + sufficientDecrease * scale * slope) return { point, ...next };
  }
  return null;
}

/**
 * Minimises a smooth convex function by limited-memory BFGS with a backtracking line search.
 *
 * @param evaluate - value and gradient at a point
 * @param start - where to begin; not changed
 * @param options - largest gradient component allowed at the end, 1e-9 (default), and iterations, 500 (default)
 * @returns the lowest point found
 * @see Liu, Nocedal, "On the limited memory BFGS method", 1989
 */
export function minimiseSmooth(
  evaluate: (point: Float64Array) => SmoothValue,
  start: Float64Array,
  options: { readonly tolerance?: number; readonly iterationsMax?: number } = {},
): Minimum {
  const { tolerance = 1e-9, iterationsMax = 500 } = options;
  let current = { point: start.slice(), ...evaluate(start) };
  const pairs: Pair[] = [];
  for (let iterations = 0; iterations < iterationsMax; iterations++) {
    const { point, value, gradient } = current;
    if (gradient.every((component) => Math.abs(component) <= tolerance))
      return { point, value, iterations, converged: true };
    let move = direction(gradient, pairs);
    if (!(dot(move, gradient) < 0)) {
      pairs.length = 0;
      move = gradient.map((component) => -component);
    }
    const next = lineSearch(evaluate, current, move);
    if (next === null) return { point, value, iterations, converged: false };
    const step = next.point.map((component, index) => component - point[index]!);
    const change = next.gradient.map((component, index) => component - gradient[index]!);
    const curvature = dot(step, change);
    if (curvature > 0) pairs.push({ step, change, curvature });
    if (pairs.length > memory) pairs.shift();
    current = next;
  }
  return { point: current.point, value: current.value, iterations: iterationsMax, converged: false };
}
