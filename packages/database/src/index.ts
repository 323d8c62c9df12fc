export { type BackupForm, type BackupSummary, backupDatabase } from "./backup/backupDatabase.ts";
export { restoreDatabase } from "./backup/restoreDatabase.ts";
export { type Database, type DatabaseOptions, openDatabase } from "./connection/openDatabase.ts";
export { createEventFeed, type ListeningEventFeed } from "./events/createEventFeed.ts";
export { applyMigrations } from "./migrations/applyMigrations.ts";
export { schemaDifference, writeMigration } from "./migrations/writeMigration.ts";
export { createTrialStore } from "./store/createTrialStore.ts";
export { createWorkerRegistry } from "./store/createWorkerRegistry.ts";
export { createWorkQueueLedger } from "./store/createWorkQueueLedger.ts";
