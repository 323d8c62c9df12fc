/**
 * Every error code of smoothsweep. A code is stable for ever: users match on it, messages may be reworded.
 * `retryable` says whether doing the same thing again can succeed without a change by the user.
 */
export const errorCodes = {
  // A request or a sweep file that breaks a rule
  invalid_spec: { title: "The sweep specification is invalid", retryable: false },
  invalid_request: { title: "The request is invalid", retryable: false },
  invalid_body: { title: "The request body cannot be read", retryable: false },
  payload_too_large: { title: "The request body is too large", retryable: false },
  unsupported_media_type: { title: "The media type is not supported", retryable: false },
  not_found: { title: "There is no such thing", retryable: false },
  method_not_allowed: { title: "The method is not allowed here", retryable: false },
  forbidden_origin: { title: "The request comes from another site", retryable: false },
  unauthorized: { title: "An API key is needed", retryable: false },
  idempotency_conflict: { title: "The idempotency key was used for another request", retryable: false },
  same_sweep_exists: { title: "The same sweep was submitted before", retryable: false },
  verb_refused: { title: "The sweep's state does not allow this", retryable: false },
  confirmation_mismatch: { title: "The confirmation is missing or does not fit", retryable: false },
  too_many_connections: { title: "Too many event streams are open", retryable: true },
  too_many_exports: { title: "Too many exports are running", retryable: true },
  export_broken: { title: "The export broke off before its end", retryable: true },

  // Data
  dataset_unreachable: { title: "The data set cannot be fetched", retryable: true },
  dataset_corrupt: { title: "A data file does not have the pinned hash", retryable: false },

  // Execution
  stale_attempt: { title: "The attempt no longer owns its trial", retryable: false },
  trial_diverged: { title: "Training diverged", retryable: false },
  training_failed: { title: "Training failed", retryable: true },
  training_stalled: { title: "Training made no progress before its deadline", retryable: true },
  child_exited: { title: "The training process ended unexpectedly", retryable: true },
  engine_broken: { title: "The engine broke while it computed", retryable: true },
  worker_lost: { title: "The worker stopped renewing its lease", retryable: true },
  poison_trial: { title: "The trial brought its worker down each time it ran alone", retryable: false },
  sweep_stopped: { title: "The sweep was stopped before the trial ran", retryable: false },
  sweep_cancelled: { title: "The sweep was cancelled", retryable: false },
  attempts_exhausted: { title: "The trial used all its attempts", retryable: false },
  aborted: { title: "The work was aborted", retryable: true },

  // Engines
  engine_unavailable: { title: "The engine is not available on this machine", retryable: false },
  engine_self_test_failed: { title: "The engine computes wrong numbers", retryable: false },
  engine_install_failed: { title: "The engine could not be installed", retryable: true },

  // Services and configuration
  invalid_config: { title: "The configuration is invalid", retryable: false },
  database_unavailable: { title: "The database does not answer", retryable: true },
  database_exhausted: { title: "The database has no room or memory left", retryable: true },
  database_ahead: { title: "The database was migrated by a newer version", retryable: false },
  backup_failed: { title: "The backup or restore failed", retryable: true },
  backup_corrupt: { title: "The file is not a whole backup", retryable: false },
  restore_refused: { title: "The database to restore into is not empty", retryable: false },
  queue_unavailable: { title: "The queue does not answer", retryable: true },
  api_unreachable: { title: "The API does not answer", retryable: true },
  version_skew: { title: "Worker and API speak different protocols", retryable: false },
  internal: { title: "An unexpected error", retryable: true },
} as const satisfies Record<string, { title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof errorCodes;
