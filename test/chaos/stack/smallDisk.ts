import { spawnSync } from "node:child_process";
import { chownSync, closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Probe } from "./probe.ts";

/** The table `prediction` on a disk that can be full. */
export interface SmallDisk {
  /** How full is made true: a real file system, or an error that PostgreSQL is told to raise. */
  readonly method: "tmpfs tablespace" | "trigger that raises 53100";
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
}

const SIZE = "6m";

/**
 * Moves the table onto a file system of its own, a few megabytes in memory, where that is allowed (root); elsewhere
 * full means a trigger that raises PostgreSQL's own error, `disk_full`.
 * @param clusterDirectory PostgreSQL's data: its owner must own the file system too.
 */
export async function prepareSmallDisk(probe: Probe, directory: string, clusterDirectory: string): Promise<SmallDisk> {
  return mountSmall(directory, clusterDirectory) ? onTmpfs(probe, directory) : withTrigger(probe);
}

function mountSmall(directory: string, clusterDirectory: string): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  mkdirSync(directory, { recursive: true });
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", directory]).status === 0;
  if (!mounted) return false;
  const { uid, gid } = statSync(clusterDirectory);
  const files = join(directory, "files");
  mkdirSync(files);
  for (const path of [directory, files]) chownSync(path, uid, gid);
  return true;
}

async function onTmpfs(probe: Probe, directory: string): Promise<SmallDisk> {
  const ballast = join(directory, "ballast");
  const free = async () => rmSync(ballast, { force: true });
  const unmount = () => void spawnSync("umount", ["--lazy", directory]);
  process.once("exit", unmount);
  await probe.rows(`CREATE TABLESPACE small_disk LOCATION '${join(directory, "files")}'`);
  await probe.rows("ALTER TABLE prediction SET TABLESPACE small_disk");
  return {
    method: "tmpfs tablespace",
    fill: async () => writeUntilFull(ballast),
    free,
    remove: async () => {
      await free();
      await probe.rows("ALTER TABLE prediction SET TABLESPACE pg_default");
      await probe.rows("DROP TABLESPACE small_disk");
      process.off("exit", unmount);
      unmount();
    },
  };
}

function writeUntilFull(path: string): void {
  const file = openSync(path, "w");
  try {
    for (const block of [1 << 16, 1 << 12]) fillWith(file, Buffer.alloc(block));
  } finally {
    closeSync(file);
  }
}

function fillWith(file: number, block: Buffer): void {
  for (;;) {
    try {
      writeSync(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") return;
      throw error;
    }
  }
}

async function withTrigger(probe: Probe): Promise<SmallDisk> {
  await probe.rows(`CREATE OR REPLACE FUNCTION chaos_disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`);
  const free = async () => void (await probe.rows("DROP TRIGGER IF EXISTS chaos_disk_full ON prediction"));
  return {
    method: "trigger that raises 53100",
    fill: async () => {
      await free();
      await probe.rows(
        "CREATE TRIGGER chaos_disk_full BEFORE INSERT ON prediction FOR EACH ROW EXECUTE FUNCTION chaos_disk_full()",
      );
    },
    free,
    remove: free,
  };
}
