/**
 * Every `SMOOTHSWEEP_*` variable of the product. Programs start each other with one environment, so each knows the names
 * of all; a name that is not here is a typing mistake and refused.
 */
export const productVariables: readonly string[] = [
  "SMOOTHSWEEP_ALLOW_UNAUTHENTICATED",
  "SMOOTHSWEEP_API_KEY",
  "SMOOTHSWEEP_API_URL",
  "SMOOTHSWEEP_CHILD_MEMORY",
  "SMOOTHSWEEP_DATASETS_DIRECTORY",
  "SMOOTHSWEEP_DRAIN_GRACE",
  "SMOOTHSWEEP_HOST",
  "SMOOTHSWEEP_LEASE",
  "SMOOTHSWEEP_LOG_LEVEL",
  "SMOOTHSWEEP_ORPHAN_AFTER",
  "SMOOTHSWEEP_PORT",
  "SMOOTHSWEEP_PROGRESS_DEADLINE",
  "SMOOTHSWEEP_RECONCILE_INTERVAL",
  "SMOOTHSWEEP_TRAINING_ENTRY",
];
