/**
 * The distribution u(.|y) that the smoothed-away mass is spread over. Plain JSON: it crosses process boundaries.
 *
 * - `uniform`: u_k = 1/K.
 * - `vector`: one u for every true class (a prior).
 * - `matrix`: `rows[y]` is u(.|y).
 * - `teacher`: softmax(z / T) of a stored run, one distribution per example.
 * - `online`: running mean of the correct predictions per class, from epoch to epoch.
 * - `zipf`: r^-power by the rank r of each class in the model's own prediction, per example.
 *
 * The last three depend on predictions, so that a plan cannot spell out their rows.
 */
export type Mixing = StaticMixing | DynamicMixing;

/** A mixing whose rows are known before training. */
export type StaticMixing =
  | { readonly kind: "uniform" }
  | { readonly kind: "vector"; readonly values: readonly number[] }
  | { readonly kind: "matrix"; readonly rows: readonly (readonly number[])[] };

/** A mixing that depends on predictions. */
export type DynamicMixing =
  | { readonly kind: "teacher"; readonly run: string; readonly temperature: number }
  | { readonly kind: "online" }
  | { readonly kind: "zipf"; readonly power: number };
