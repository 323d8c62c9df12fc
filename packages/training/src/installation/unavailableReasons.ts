/** Engines that have a name but no implementation yet: why, and what to do instead. */
export const unavailableReasons = {
  "tensorflow-gpu": {
    reason: "`tensorflow-gpu` is not part of this version of smoothsweep",
    fix: "Use `--engine tensorflow`, the same library on the CPU.",
  },
  webgpu: {
    reason: "`webgpu` is not part of this version of smoothsweep",
    fix: "Use `--engine tensorflow` or `--engine wasm`.",
  },
} as const;
