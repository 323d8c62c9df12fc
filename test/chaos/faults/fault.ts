import type { Seen } from "../measure/recovery.ts";
import type { Random } from "../schedule/random.ts";
import type { ChaosStack, QueueBackend } from "../stack/chaosStack.ts";

/** What faults may be aimed at. */
export interface StackShape {
  queue: QueueBackend;
  workers: number;
  /** Names of the network links, such as `worker-1-postgres`. */
  links: readonly string[];
}

/** A fault with everything decided, ready to strike. */
export interface PlannedFault {
  readonly kind: string;
  /** What it does, for people. */
  readonly text: string;
  /** Faults on the same thing wait for each other. */
  readonly resource: string;
  /** Workers whose running trials it puts at risk; numbers from 1. */
  readonly workers: readonly number[];
  /** Sweeps that it submits, beside the one that everything is about. */
  readonly submissions?: number;
  /** Makes it happen, and says what could be seen of it. Resolves when its cause is gone again. */
  strike(stack: ChaosStack, seen: Seen): Promise<void>;
}

/** A way in which things break. One file each. */
export interface Fault {
  readonly kind: string;
  /** Backends of the queue that it makes sense with. */
  readonly queues: readonly QueueBackend[];
  /** Decides everything that varies. Pure: the same draws give the same fault. */
  draw(random: Random, shape: StackShape): Omit<PlannedFault, "kind">;
}

export const bothQueues: readonly QueueBackend[] = ["redis", "postgres"];
