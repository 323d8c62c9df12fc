import type { EngineInfo, ErrorCode } from "@smoothsweep/contracts";

/** What came out when an engine was loaded and tested in a process of its own. */
export type EngineTrial =
  | {
      readonly works: true;
      readonly info: EngineInfo;
      /** Whether the device is a program that imitates a GPU. */
      readonly isSoftware: boolean;
      /** Memory of the device, where it tells. */
      readonly memoryBytes?: number;
      readonly selfTestSeconds: number;
    }
  | { readonly works: false; readonly code: ErrorCode; readonly message: string; readonly fix?: string };

/** Begins the line of a child's output that is meant for us; native libraries print to the same stream. */
export const trialMark = "smoothsweep-trial ";

/** The trial that a child reported; undefined when it did not come to that. */
export function readTrial(output: string): EngineTrial | undefined {
  const line = output.split("\n").findLast((text) => text.startsWith(trialMark));
  return line === undefined ? undefined : (JSON.parse(line.slice(trialMark.length)) as EngineTrial);
}
