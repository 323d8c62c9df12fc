import type { TensorFlow } from "./engine.ts";

/** Frees a backend and all its tensors in such a way that it can be started again. */
export function disposeBackend(tf: TensorFlow, name: string): void {
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  tf.registerBackend(name, factory);
}
