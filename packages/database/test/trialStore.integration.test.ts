import { retryContract, submissionContract, sweepControlContract, trialStoreContract } from "@smoothsweep/testkit";
import { openStore } from "./openStore.ts";

trialStoreContract("PostgreSQL", openStore);
retryContract("PostgreSQL", openStore);
submissionContract("PostgreSQL", openStore);
sweepControlContract("PostgreSQL", openStore);
