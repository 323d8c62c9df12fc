const events = ["uncaughtException", "unhandledRejection"] as const;
type Listener = (...values: unknown[]) => void;

function restore(event: (typeof events)[number], before: readonly Listener[]): void {
  const now = process.listeners(event as "uncaughtException") as Listener[];
  for (const listener of now) if (!before.includes(listener)) process.off(event, listener);
  for (const listener of before) if (!now.includes(listener)) process.on(event, listener);
}

/**
 * Notes the process's handlers of uncaught errors; the function that it returns puts them back.
 *
 * Emscripten's runtime of tfjs-backend-wasm 4.22 adds handlers that throw every error again, past those of the app, when
 * it starts; when it is disposed it removes all handlers of the process, because of a misplaced negation
 * (`!listeners.indexOf(listener) > -1`).
 */
export function rememberProcessListeners(): () => void {
  const before = events.map((event) => [event, process.listeners(event as "uncaughtException") as Listener[]] as const);
  return () => {
    for (const [event, listeners] of before) restore(event, listeners);
  };
}
