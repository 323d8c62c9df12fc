import { claimContract } from "./claimContract.ts";
import { deletionContract } from "./deletionContract.ts";
import { extensionContract } from "./extensionContract.ts";
import { housekeeperContract } from "./housekeeperContract.ts";
import { packSharesContract } from "./packSharesContract.ts";
import { predictionStoreContract } from "./predictionStoreContract.ts";
import { retryContract } from "./retryContract.ts";
import type { StoreHarness } from "./storeHarness.ts";
import { submissionContract } from "./submissionContract.ts";
import { sweepControlContract } from "./sweepControlContract.ts";
import { trialReadsContract } from "./trialReadsContract.ts";
import { trialStoreContract } from "./trialStoreContract.ts";
import { workerRegistryContract } from "./workerRegistryContract.ts";
import { workQueueLedgerContract } from "./workQueueLedgerContract.ts";

/** The laws of every port of the ledger, for every adapter. */
export function storeContracts(name: string, open: () => Promise<StoreHarness>): void {
  for (const contract of contracts) contract(name, () => open());
}

const contracts = [
  trialStoreContract,
  claimContract,
  trialReadsContract,
  packSharesContract,
  retryContract,
  submissionContract,
  sweepControlContract,
  extensionContract,
  deletionContract,
  workQueueLedgerContract,
  predictionStoreContract,
  housekeeperContract,
  workerRegistryContract,
];
