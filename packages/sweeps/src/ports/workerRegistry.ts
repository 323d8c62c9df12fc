import type { EngineInfo } from "@smoothsweep/contracts";

export interface WorkerDescription {
  id: string;
  host: string;
  pid: number;
  version: string;
  engine: EngineInfo;
  packCapacity: number;
}

/** Which workers exist and when they were last seen. It informs; ownership of trials is by lease alone. */
export interface WorkerRegistry {
  register(worker: WorkerDescription): Promise<void>;
  heartbeat(workerId: string): Promise<void>;
  retire(workerId: string): Promise<void>;
}
