import path from "node:path";
import { TENSORFLOW_VERSION } from "./engineFolders.ts";
import type { InstallStep } from "./installStep.ts";
import { pipDownload } from "./pipDownload.ts";

/** Folder that keeps the wheels until the installation is finished. */
export function wheelFolder(installation: string): string {
  return path.join(installation, "wheel");
}

/** `tensorflow-cpu` is the same library without CUDA, at half the size. */
const wheels = {
  tensorflow: { name: "tensorflow-cpu", size: "270 MB" },
  "tensorflow-gpu": { name: "tensorflow", size: "about 600 MB" },
} as const;

/** Step that fetches TensorFlow's Python wheel. */
export function wheelStep(engine: keyof typeof wheels): InstallStep {
  const { name, size } = wheels[engine];
  return {
    id: "wheel",
    title: `Downloading TensorFlow ${TENSORFLOW_VERSION} (${size})`,
    run: (context) =>
      pipDownload(context, {
        requirements: [`${name}==${TENSORFLOW_VERSION}`],
        destination: wheelFolder(context.folder),
        fix: `Check that pip reaches its index (\`python3 -m pip download --no-deps ${name}\`).`,
      }),
  };
}
