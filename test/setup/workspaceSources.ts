import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Every workspace package's entry -> its TypeScript source, read from the `source` condition of its exports, so that
 * tests never run against an older build.
 */
export function workspaceSources(): { find: RegExp; replacement: string }[] {
  const folder = fileURLToPath(new URL("../../packages/", import.meta.url));
  return readdirSync(folder).flatMap((name) => {
    const { exports } = JSON.parse(readFileSync(`${folder}${name}/package.json`, "utf8")) as {
      exports: Record<string, { source: string }>;
    };
    return Object.entries(exports).map(([entry, { source }]) => ({
      find: new RegExp(`^@smoothsweep/${name}${entry.slice(1)}$`),
      replacement: `${folder}${name}/${source}`,
    }));
  });
}
