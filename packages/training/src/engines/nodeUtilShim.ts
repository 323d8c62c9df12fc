import { createRequire } from "node:module";

/**
 * Puts back `util.isNullOrUndefined`, which Node 23 removed and tfjs-node 4.22 still calls in its kernel backend.
 * Must run before tfjs-node is loaded. Can go once tfjs-node has a release without the call.
 *
 * @see https://github.com/tensorflow/tfjs/issues/8425
 * @see https://nodejs.org/api/deprecations.html#DEP0051
 */
export function shimNodeUtil(): void {
  // The CommonJS object, not the frozen namespace of `import`: tfjs-node reads it through require.
  const util = createRequire(import.meta.url)("node:util") as Record<string, unknown>;
  util["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined;
}
