import { totalmem } from "node:os";
import { disposeBackend } from "./disposeBackend.ts";
import type { Engine } from "./engine.ts";
import { silenceAdvice } from "./silenceAdvice.ts";

/** The reference: plain JavaScript loops. Slow; chosen by name only. */
export async function loadCpuEngine(): Promise<Engine> {
  const tf = await import("@tensorflow/tfjs-core");
  silenceAdvice(tf);
  const { version_cpu } = await import("@tensorflow/tfjs-backend-cpu");
  const activate = async () => {
    await tf.setBackend("cpu");
  };
  await activate();
  return {
    info: { name: "cpu", version: version_cpu, device: "JavaScript", threads: 1 },
    packCapacity: 1,
    memoryBytes: totalmem(),
    isSoftware: false,
    tf,
    activate,
    dispose: () => disposeBackend(tf, "cpu"),
  };
}
