const storageKey = "smoothsweep.apiKey";

/** The API key that the user gave in this tab; it is forgotten with the tab. */
export function readApiKey(): string | undefined {
  return window.sessionStorage.getItem(storageKey) ?? undefined;
}

/** Keeps the API key for this tab. */
export function saveApiKey(key: string): void {
  window.sessionStorage.setItem(storageKey, key);
}
