import { cacheDirectory, productVersion, projectDataDirectory, readEnvironment } from "@smoothsweep/runtime";
import type { Examination } from "../doctor/examination.ts";
import { examineEngines } from "../doctor/examineEngines.ts";
import { examineFolder, examineMachine, examineNode } from "../doctor/examineMachine.ts";
import { examinePackSizes } from "../doctor/examinePackSizes.ts";
import { examineService, postgres, redis } from "../doctor/examineService.ts";
import { renderExamination } from "../doctor/renderExamination.ts";
import { productRoot } from "../productRoot.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface DoctorFlags {
  /** Print JSON. */
  json?: boolean;
  dataDirectory?: string;
}

async function examine({ dataDirectory }: DoctorFlags, terminal: Terminal): Promise<Examination> {
  const environment = readEnvironment();
  const line = terminal.progress();
  const engines = await examineEngines((name) => line.update(`trying ${name}`)).finally(() => line.finish());
  const chosenEngine = engines.find(({ chosen }) => chosen)?.name ?? null;
  return {
    ok: engines.some(({ state }) => state === "works"),
    version: productVersion,
    chosenEngine,
    findings: {
      node: examineNode(process.version),
      machine: examineMachine(),
      data: examineFolder(dataDirectory ?? projectDataDirectory(productRoot)),
      cache: examineFolder(cacheDirectory(environment)),
      postgres: await examineService(postgres, environment["DATABASE_URL"]),
      redis: await examineService(redis, environment["REDIS_URL"]),
    },
    engines,
    packSizes: examinePackSizes(cacheDirectory(environment)),
  };
}

/**
 * `smoothsweep doctor`: what of this machine serves, and what would add the rest.
 * @returns whether some engine can work
 */
export async function doctorCommand(flags: DoctorFlags, terminal: Terminal): Promise<boolean> {
  const examination = await examine(flags, terminal);
  terminal.print(flags.json === true ? JSON.stringify(examination, null, 2) : renderExamination(examination));
  return examination.ok;
}
