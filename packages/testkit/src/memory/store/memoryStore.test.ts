import { storeContracts } from "../../contracts/storeContracts.ts";
import { createMemoryStore } from "./createMemoryStore.ts";

storeContracts("memory", async () => createMemoryStore());
