import { Worker } from "node:worker_threads";

/**
 * Ends this process when its parent is gone, also while the main thread computes without end and can hear nothing: a
 * thread of its own looks at who the parent is. Orphans are given to another process by the system.
 */
export function endWithParent(): void {
  new Worker(new URL("./parentWatch.js", import.meta.url), { workerData: { parent: process.ppid } }).unref();
}
