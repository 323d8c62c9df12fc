import { historyContract } from "../../histories/historyContract.ts";
import { createMemoryStore } from "./createMemoryStore.ts";

historyContract("the twin", async (newId) => createMemoryStore({ newId }), { histories: 100, stepsMax: 60 });
