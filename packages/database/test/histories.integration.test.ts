import { historyContract } from "@smoothsweep/testkit";
import { shareStore } from "./shareStore.ts";

historyContract("PostgreSQL", shareStore(), { histories: 15, stepsMax: 60 });
