import type { TensorFlow } from "./engine.ts";

/**
 * Stops TensorFlow.js from writing advice to the console ("Hi there, looks like you are running TensorFlow.js in
 * Node.js", "kernel already registered"): which engine runs is our decision, and standard output belongs to the app.
 * Must run before a backend is imported: backends register their kernels on import.
 */
export function silenceAdvice(tf: TensorFlow): void {
  tf.env().set("PROD", true);
}
