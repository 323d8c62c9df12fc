import type { EngineInfo, EngineName } from "@smoothsweep/contracts";
import type * as tfjsCore from "@tensorflow/tfjs-core";

/**
 * The namespace of TensorFlow.js. It is handed around with the engine and never imported as a value by models or losses:
 * a tfjs-node installed outside this repository brings its own copy of tfjs-core, and tensors of one copy are foreign to
 * the other.
 */
export type TensorFlow = typeof tfjsCore;

/** A place where tensors run, loaded and ready. */
export interface Engine {
  readonly info: EngineInfo;
  /** How many trials one pack should hold here: design.md section 4. */
  readonly packCapacity: number;
  /** Bytes of the device's memory, shared with whatever else runs there; absent where the device does not tell. */
  readonly memoryBytes?: number;
  /** Whether the device is a program that imitates a GPU. `auto` never chooses one: it is slower than `wasm`. */
  readonly isSoftware: boolean;
  readonly tf: TensorFlow;
  /** Makes this engine the current one of its TensorFlow.js copy; needed only where one process holds several engines. */
  activate(): Promise<void>;
  /** After memory ran out, with no tensor alive: gives back what the operations that failed left behind. */
  reclaim?(): Promise<void>;
  /** Frees the engine's memory. The engine must not be used afterwards. */
  dispose(): void;
}

/** What a loader is told. */
export interface EngineOptions {
  /** Threads of one tensor operation; 1 by default, because there is one worker per core. */
  threads?: number;
  /** Most memory that tensors may take, where the engine can be limited: wasm. */
  memoryBytesMax?: number;
  /** Where the engine's package lies, unless it is where `locateEngine` finds it. */
  packageFolder?: string;
  /** Whether a program that imitates a GPU will do; true by default, `auto` says false. */
  acceptSoftware?: boolean;
}

/** How an engine is loaded. One row of the engine table. */
export interface EngineDescriptor {
  readonly name: EngineName;
  /** @throws AppError `engine_unavailable` with the reason and the command that would mend it. */
  load(options: EngineOptions): Promise<Engine>;
}
