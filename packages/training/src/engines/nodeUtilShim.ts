import { createRequire } from "node:module";

/**
 * Puts back `util.isNullOrUndefined`, which Node 23 removed and tfjs-node 4.22 still calls in its kernel backend.
 * Must run before tfjs-node is loaded. The call is gone from tfjs-node's sources (pull request 8425), but no release has
 * that yet (issue 8609); this file can go with the first one that does.
 *
 * @see https://github.com/tensorflow/tfjs/pull/8425
 * @see https://github.com/tensorflow/tfjs/issues/8609
 */
export function shimNodeUtil(): void {
  // The CommonJS object, not the frozen namespace of `import`: tfjs-node reads it through require.
  const util = createRequire(import.meta.url)("node:util") as Record<string, unknown>;
  util["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined;
}
