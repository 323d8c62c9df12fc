import { cutNetwork } from "./cutNetwork.ts";
import type { Fault } from "./fault.ts";
import { fillDisk } from "./fillDisk.ts";
import { flushRedis } from "./flushRedis.ts";
import { freezeWorker } from "./freezeWorker.ts";
import { jumpClock } from "./jumpClock.ts";
import { killApi } from "./killApi.ts";
import { killTrainingChild } from "./killTrainingChild.ts";
import { killWorker } from "./killWorker.ts";
import { loseAnswers } from "./loseAnswers.ts";
import { refuseRedisWrites } from "./refuseRedisWrites.ts";
import { restartPostgresFast, restartPostgresImmediate } from "./restartPostgres.ts";
import { restartRedis } from "./restartRedis.ts";
import { silenceNetwork } from "./silenceNetwork.ts";
import { slowNetwork } from "./slowNetwork.ts";
import { submitTwentyTimes } from "./submitTwentyTimes.ts";
import { terminateWorker } from "./terminateWorker.ts";

/** Every way in which things break: a new one is a new row here. */
export const faultCatalogue: readonly Fault[] = [
  killWorker,
  terminateWorker,
  freezeWorker,
  killTrainingChild,
  killApi,
  jumpClock,
  restartPostgresFast,
  restartPostgresImmediate,
  flushRedis,
  restartRedis,
  refuseRedisWrites,
  cutNetwork,
  slowNetwork,
  silenceNetwork,
  loseAnswers,
  fillDisk,
  submitTwentyTimes,
];
