// The real training child on wasm, with one call that its C++ code cannot survive: the first softmax of a pack asks it for
// a tensor that it does not know, which ends in abort(). Once: the file `trapped` in the cache says that it has happened.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [, cacheDirectory] = process.argv.slice(2);
const trapped = join(cacheDirectory, "trapped");
const training = createRequire(new URL("../../../../packages/training/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(training.resolve(name)));
const tf = await load("@tensorflow/tfjs-core");
await load("@tensorflow/tfjs-backend-wasm");

let isTraining = false;
process.on("message", ({ kind }) => {
  isTraining = kind === "train";
});
const exponential = tf.getKernel("Exp", "wasm");
tf.unregisterKernel("Exp", "wasm");
tf.registerKernel({
  ...exponential,
  kernelFunc(call) {
    if (isTraining && !existsSync(trapped)) {
      mkdirSync(dirname(trapped), { recursive: true });
      writeFileSync(trapped, "");
      call.backend.wasm.cwrap("Exp", null, ["number", "number", "number"])(2 ** 30, 1, 2 ** 30 + 1);
    }
    return exponential.kernelFunc(call);
  },
});

await import("../../dist/trainingChild.js");
