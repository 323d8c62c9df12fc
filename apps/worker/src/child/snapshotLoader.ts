import { AppError, type DataSpec } from "@smoothsweep/contracts";
import { type DatasetOptions, loadSnapshot, type Snapshot } from "@smoothsweep/datasets";

export interface LoadHooks {
  /** Aborts a download. */
  signal: AbortSignal;
  /** Called while a download goes on. */
  onProgress: () => void;
}

export type SnapshotLoader = (wanted: { data: DataSpec; snapshotId: string }, hooks: LoadHooks) => Promise<Snapshot>;

/** Loads snapshots and keeps the last one: the packs of a sweep share it. */
export function createSnapshotLoader(options: DatasetOptions): SnapshotLoader {
  let kept: Snapshot | undefined;
  return async ({ data, snapshotId }, hooks) => {
    if (kept?.id === snapshotId) return kept;
    const snapshot = await loadSnapshot(data, { ...options, ...hooks });
    if (snapshot.id !== snapshotId) {
      throw new AppError(
        "dataset_corrupt",
        `the data here is ${snapshot.id}, the sweep was planned for ${snapshotId}`,
        {
          fix: "Use the same version of smoothsweep on the API and on the workers.",
        },
      );
    }
    kept = snapshot;
    return snapshot;
  };
}
