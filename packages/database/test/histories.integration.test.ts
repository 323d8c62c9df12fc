import { historyContract } from "@smoothsweep/testkit";
import { shareStore } from "./shareStore.ts";

historyContract("PostgreSQL", shareStore(), { histories: 10, stepsMax: 60 });
