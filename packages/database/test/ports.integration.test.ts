import { createRevocationFeed, createSweepExporter } from "@smoothsweep/database";
import {
  eventFeedContract,
  fillSweep,
  plannedSweep,
  revocationFeedContract,
  sweepExporterContract,
} from "@smoothsweep/testkit";
import { appendEvents } from "../src/store/appendEvents.ts";
import { openStore } from "./openStore.ts";

eventFeedContract("PostgreSQL", async () => {
  const { store, feed, database, close } = await openStore();
  const [sweep, other] = [plannedSweep(), plannedSweep()];
  for (const each of [sweep, other]) await store.createSweep(each);
  return {
    feed,
    sweepId: sweep.id,
    otherId: other.id,
    append: (sweepId, events) => appendEvents(database.prisma, sweepId, events),
    close,
  };
});

revocationFeedContract("PostgreSQL", async () => {
  const { store, control, database, close } = await openStore();
  return {
    join: () => createRevocationFeed(database),
    revoke: async () => {
      const sweep = plannedSweep();
      await store.createSweep(sweep);
      await control.apply(sweep.id, "cancel");
      return sweep.id;
    },
    cut: async () => {
      await database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
      );
    },
    close,
  };
});

sweepExporterContract("PostgreSQL", async () => {
  const { store, control, database, close } = await openStore();
  return {
    exporter: createSweepExporter(database),
    store,
    control,
    fill: (sweepId, like, trials) => fillSweep(database.pool, { sweepId, like, trials }),
    lent: async () => {
      const { rows } = await database.pool.query(
        `SELECT count(*)::int AS lent FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'idle in transaction'`,
      );
      return rows[0].lent as number;
    },
    close,
  };
});
