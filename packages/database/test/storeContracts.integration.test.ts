import { storeContracts } from "@smoothsweep/testkit";
import { shareStore } from "./shareStore.ts";

storeContracts("PostgreSQL", shareStore());
