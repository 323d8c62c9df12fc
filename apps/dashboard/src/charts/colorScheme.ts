import { useSyncExternalStore } from "react";

/** What the user's system asks for. */
export type ColorScheme = "light" | "dark";

function darkQuery(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}

function subscribe(onChange: () => void): () => void {
  const query = darkQuery();
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

/** The color scheme in force, for colors that CSS variables cannot give. */
export function useColorScheme(): ColorScheme {
  return useSyncExternalStore(
    subscribe,
    () => (darkQuery().matches ? "dark" : "light"),
    () => "light",
  );
}
